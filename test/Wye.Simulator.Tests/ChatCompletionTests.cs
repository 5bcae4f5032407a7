using System.Net;
using Wye.Simulator.Billing;

namespace Wye.Simulator;

public class ChatCompletionTests
{
    [Fact]
    public async Task Answer_IsMarkedAsSimulated_AndItsUsageIsItsBill()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.JsonAsync(Sim.Chat("gpt-4o-mini"));
        var choice = answer.GetProperty("choices")[0];
        var text = choice.GetProperty("message").GetProperty("content").GetString()!;
        text.ShouldStartWith("[simulated gpt-4o-mini] ");
        choice.GetProperty("finish_reason").GetString().ShouldBe("stop");
        choice.GetProperty("message").GetProperty("role").GetString().ShouldBe("assistant");

        var usage = answer.GetProperty("usage");
        var input = usage.GetProperty("prompt_tokens").GetInt64();
        var output = usage.GetProperty("completion_tokens").GetInt64();
        input.ShouldBe(3 + 4 + 6);
        output.ShouldBe((text.Length + 3) / 4);
        usage.GetProperty("total_tokens").GetInt64().ShouldBe(input + output);

        var line = (await sim.BillAsync()).ShouldHaveSingleItem();
        line.ResponseId.ShouldBe(answer.GetProperty("id").GetString());
        line.Tokens.ShouldBe(new BilledTokens(input, 0, 0, output, 0));
        line.PicoUsd.ShouldBe((input * 150_000) + (output * 600_000));
        line.End.ShouldBe(CallEnd.Completed);
        line.Streamed.ShouldBeFalse();
        sim.Server.Bill.TotalPicoUsd.ShouldBe(line.PicoUsd);
    }

    [Fact]
    public async Task MaxTokens_CutTheAnswer_AndSayLength()
    {
        await using var sim = await Sim.StartAsync();
        foreach (var name in (string[])["max_tokens", "max_completion_tokens"])
        {
            var answer = await sim.JsonAsync(Sim.Chat(more: $",\"{name}\":5"));
            answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("length");
            answer.GetProperty("usage").GetProperty("completion_tokens").GetInt64().ShouldBe(5);
        }
    }

    [Fact]
    public async Task N_GivesThatManyChoices_AllBilled()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.JsonAsync(Sim.Chat(more: ",\"n\":3"));
        answer.GetProperty("choices").GetArrayLength().ShouldBe(3);
        answer.GetProperty("choices")[2].GetProperty("index").GetInt32().ShouldBe(2);
        var bytes = answer
            .GetProperty("choices")
            .EnumerateArray()
            .Sum(c => (c.GetProperty("message").GetProperty("content").GetString()!.Length + 3) / 4);
        answer.GetProperty("usage").GetProperty("completion_tokens").GetInt64().ShouldBe(bytes);
    }

    [Fact]
    public async Task ReasoningModel_BillsTokensNobodySees()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.JsonAsync(Sim.Chat("o1"));
        var usage = answer.GetProperty("usage");
        var hidden = usage.GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt64();
        hidden.ShouldBeGreaterThan(0);
        var shown = answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!.Length;
        usage.GetProperty("completion_tokens").GetInt64().ShouldBe(hidden + ((shown + 3) / 4));
        (await sim.BillAsync())[0].Tokens.Reasoning.ShouldBe(hidden);
    }

    [Fact]
    public async Task ReasoningModel_MaySpendItsWholeLimitOnReasoning()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.JsonAsync(Sim.Chat("o1", more: ",\"max_completion_tokens\":20"));
        answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("length");
        answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString().ShouldBe("");
    }

    [Fact]
    public async Task Images_CountAsTokens()
    {
        await using var sim = await Sim.StartAsync();
        const string Body = """
            {"model":"gpt-4o","messages":[{"role":"user","content":[
              {"type":"text","text":"What is this?"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}},
              {"type":"image_url","image_url":{"url":"https://example.com/cat.png"}}]}]}
            """;
        var usage = (await sim.JsonAsync(Body)).GetProperty("usage");
        usage.GetProperty("prompt_tokens").GetInt32().ShouldBe(3 + 4 + 4 + 85 + 765);
    }

    [Fact]
    public async Task EscapedText_IsCountedAndReadUnescaped()
    {
        await using var sim = await Sim.StartAsync();
        string? seen = null;
        sim.Server.Answers.Script(
            "*",
            call =>
            {
                seen = call.Prompt;
                return null;
            }
        );
        var usage = (await sim.JsonAsync(Sim.Chat(prompt: "é\n\"q\"\u0001"))).GetProperty("usage");
        seen.ShouldBe("é\n\"q\"\u0001");
        usage.GetProperty("prompt_tokens").GetInt32().ShouldBe(3 + 4 + 2);
    }

    [Fact]
    public async Task Stop_EndsTheTextBeforeIt()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.JsonAsync(Sim.Chat(more: ",\"stop\":[\" The answer\"]"));
        answer
            .GetProperty("choices")[0]
            .GetProperty("message")
            .GetProperty("content")
            .GetString()
            .ShouldBe("[simulated gpt-4o]");
    }

    [Fact]
    public async Task LogProbs_CoverTheTextExactly()
    {
        await using var sim = await Sim.StartAsync();
        var choice = (await sim.JsonAsync(Sim.Chat(more: ",\"logprobs\":true"))).GetProperty("choices")[0];
        var tokens = choice.GetProperty("logprobs").GetProperty("content").EnumerateArray().ToArray();
        string.Concat(tokens.Select(t => t.GetProperty("token").GetString()))
            .ShouldBe(choice.GetProperty("message").GetProperty("content").GetString());
        tokens.ShouldAllBe(t => t.GetProperty("logprob").GetDouble() <= 0);
    }

    [Theory]
    [InlineData("""{"model":"gpt-4o","messages":[""", 400, "parse the JSON body")]
    [InlineData("""[1]""", 400, "parse the JSON body")]
    [InlineData("", 400, "parse the JSON body")]
    [InlineData(
        """{"model":"gpt-4o","messages":[{"role":"user","content":"x"}]} trailing""",
        400,
        "parse the JSON body"
    )]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", 400, "model parameter")]
    [InlineData("""{"model":"gpt-4o"}""", 400, "'messages'")]
    [InlineData("""{"model":"gpt-4o","messages":[]}""", 400, "empty array")]
    [InlineData("""{"model":"gpt-4o","messages":[{"content":"x"}]}""", 400, "'messages[0].role'")]
    [InlineData("""{"model":"gpt-5-turbo-max","messages":[{"role":"user","content":"x"}]}""", 404, "gpt-5-turbo-max")]
    [InlineData(
        """{"model":"gpt-4-turbo","max_tokens":5000,"messages":[{"role":"user","content":"x"}]}""",
        400,
        "max_tokens is too large"
    )]
    [InlineData(
        """{"model":"gpt-4-turbo","max_tokens":0,"messages":[{"role":"user","content":"x"}]}""",
        400,
        "max_tokens"
    )]
    public async Task BadRequest_GetsTheProvidersError_AndNoBill(string body, int status, string message)
    {
        await using var sim = await Sim.StartAsync();
        using var response = await sim.PostAsync(body);
        ((int)response.StatusCode).ShouldBe(status);
        var error = System.Text.Json.JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");
        error.GetProperty("message").GetString()!.ShouldContain(message);
        error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        (await sim.BillAsync()).ShouldBeEmpty();
        sim.Server.Calls.Snapshot().ShouldHaveSingleItem().Status.ShouldBe(status);
    }

    [Fact]
    public async Task PromptLongerThanTheContext_IsRefusedWithItsCode()
    {
        await using var sim = await Sim.StartAsync();
        using var response = await sim.PostAsync(Sim.Chat("llama-3-8b", new string('x', 40_000)));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("context_length_exceeded");
    }

    [Fact]
    public async Task WrongKey_Is401_AndEitherKeyHeaderServes()
    {
        await using var sim = await Sim.StartAsync(
            new SimulatorOptions { ApiKeys = new HashSet<string>(StringComparer.Ordinal) { "sk-right" } }
        );
        using var none = await sim.PostAsync(Sim.Chat());
        none.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await none.Content.ReadAsStringAsync()).ShouldContain("invalid_api_key");
        using var bearer = await sim.PostAsync(Sim.Chat(), headers: h => h.Add("Authorization", "Bearer sk-right"));
        bearer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var own = await sim.PostAsync(Sim.Chat(), headers: h => h.Add("x-api-key", "sk-right"));
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task CallersRequestId_IsOnTheBill_TheMostExactOneWins()
    {
        await using var sim = await Sim.StartAsync();
        using var one = await sim.PostAsync(Sim.Chat(), headers: h => h.Add("x-request-id", "r1"));
        using var two = await sim.PostAsync(
            Sim.Chat(),
            headers: h =>
            {
                h.Add("x-wye-request-id", "r2");
                h.Add("x-wye-attempt-id", "r2.1");
            }
        );
        two.Headers.GetValues("x-request-id").ShouldBe(["r2.1"]);
        (await sim.BillAsync()).Select(l => l.RequestId).ShouldBe(["r1", "r2.1"]);
    }

    [Fact]
    public async Task Models_AreListed_AndUnknownPathsAre404()
    {
        await using var sim = await Sim.StartAsync();
        var list = await sim.GetAsync("v1/models");
        list.GetProperty("data")
            .EnumerateArray()
            .Count(m => m.GetProperty("id").ValueEquals("claude-opus-4-5"))
            .ShouldBe(1);
        using var response = await sim.Client.GetAsync("v1/nothing");
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
