using System.Net;
using System.Text.Json;
using Wye.Simulator.Billing;

namespace Wye.Simulator.Messages;

public class MessageTests
{
    [Fact]
    public async Task Message_IsMarkedAsSimulated_AndItsUsageIsItsBill()
    {
        await using var sim = await Sim.StartAsync();
        using var response = await sim.SendAsync(Claude.Body());
        response.Headers.GetValues("request-id").Single().ShouldStartWith("req_");
        var message = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        var text = Claude.TextOf(message);
        text.ShouldStartWith($"[simulated {Claude.Model}] ");
        message.GetProperty("id").GetString().ShouldStartWith("msg_");
        message.GetProperty("type").GetString().ShouldBe("message");
        message.GetProperty("role").GetString().ShouldBe("assistant");
        message.GetProperty("model").GetString().ShouldBe(Claude.Model);
        message.GetProperty("stop_reason").GetString().ShouldBe("end_turn");
        message.GetProperty("stop_sequence").ValueKind.ShouldBe(JsonValueKind.Null);

        var usage = message.GetProperty("usage");
        var output = usage.GetProperty("output_tokens").GetInt64();
        usage.GetProperty("input_tokens").GetInt64().ShouldBe(3 + 4 + 6);
        usage.GetProperty("cache_creation_input_tokens").GetInt64().ShouldBe(0);
        usage.GetProperty("cache_read_input_tokens").GetInt64().ShouldBe(0);
        output.ShouldBe((text.Length + 3) / 4);

        var line = (await sim.BillAsync()).ShouldHaveSingleItem();
        line.ResponseId.ShouldBe(message.GetProperty("id").GetString());
        line.Tokens.ShouldBe(new BilledTokens(13, 0, 0, output, 0));
        line.PicoUsd.ShouldBe((13 * 3_000_000) + (output * 15_000_000));
    }

    [Fact]
    public async Task OneConversation_CostsAndAnswersTheSame_InBothDialects()
    {
        await using var sim = await Sim.StartAsync();
        const string OpenAi = """
            {"model":"gpt-4o","messages":[{"role":"system","content":"Be terse."},{"role":"user","content":[{"type":"text","text":"Look:"},
              {"type":"image_url","image_url":{"url":"https://example.com/a.png"}},{"type":"text","text":"What \"is\" it?"}]},
              {"role":"assistant","content":"A cat."},{"role":"user","content":"Sure?"}]}
            """;
        const string Anthropic = """
            {"messages":[{"role":"user","content":[{"type":"text","text":"Look:"},
              {"type":"image","source":{"type":"url","url":"https://example.com/a.png"}},{"type":"text","text":"What \"is\" it?"}]},
              {"role":"assistant","content":[{"type":"text","text":"A cat."}]},{"role":"user","content":"Sure?"}],
              "system":[{"type":"text","text":"Be terse."}],"model":"gpt-4o","max_tokens":999}
            """;
        var one = await sim.JsonAsync(OpenAi);
        var other = await sim.MessageAsync(Anthropic);
        Claude
            .TextOf(other)
            .ShouldBe(one.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        var bill = await sim.BillAsync();
        bill[1].Tokens.ShouldBe(bill[0].Tokens);
        bill[1].PicoUsd.ShouldBe(bill[0].PicoUsd);
    }

    [Fact]
    public async Task CountTokens_SaysWhatACallWouldBeBilled_AndIsFree()
    {
        await using var sim = await Sim.StartAsync();
        var counted = await sim.MessageAsync(Claude.Body(more: Claude.Tools, limit: ""), "v1/messages/count_tokens");
        (await sim.BillAsync()).ShouldBeEmpty();
        await sim.MessageAsync(Claude.Body(more: Claude.Tools));
        (await sim.BillAsync())[0].Tokens.TotalInput.ShouldBe(counted.GetProperty("input_tokens").GetInt64());
        sim.Server.Calls.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(",\"max_tokens\":5", "", "max_tokens", null)]
    [InlineData(
        ",\"max_tokens\":2000",
        ",\"stop_sequences\":[\"zzz\",\" The answer\"]",
        "stop_sequence",
        " The answer"
    )]
    public async Task StopReason_SaysWhatEndedTheText(string limit, string more, string reason, string? sequence)
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Answers.Script("*", _ => Answers.SimulatedAnswer.Of("Well. The answer is long, as it happens."));
        var message = await sim.MessageAsync(Claude.Body(more: more, limit: limit));
        message.GetProperty("stop_reason").GetString().ShouldBe(reason);
        message.GetProperty("stop_sequence").GetString().ShouldBe(sequence);
        var stream = await sim.EventsAsync(Claude.Body(more: more + ",\"stream\":true", limit: limit));
        stream.StopReason.ShouldBe(reason);
        stream.Text.ShouldBe(Claude.TextOf(message));
        message.GetProperty("usage").GetProperty("output_tokens").GetInt32().ShouldBe(reason is "max_tokens" ? 5 : 2);
    }

    [Fact]
    public async Task Thinking_IsShown_Signed_AndBilledAsOutput()
    {
        await using var sim = await Sim.StartAsync();
        var message = await sim.MessageAsync(
            Claude.Body(more: ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}")
        );
        var thinking = message.GetProperty("content")[0];
        thinking.GetProperty("type").GetString().ShouldBe("thinking");
        var thought = thinking.GetProperty("thinking").GetString()!;
        thought.ShouldStartWith("[simulated reasoning]");
        thinking.GetProperty("signature").GetString()!.Length.ShouldBe(64);
        message.GetProperty("content")[1].GetProperty("type").GetString().ShouldBe("text");
        (await sim.BillAsync())[0]
            .Tokens.Output.ShouldBe(((thought.Length + 3) / 4) + ((Claude.TextOf(message).Length + 3) / 4));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("weighed", "waived", false)]
    public async Task Thinking_MustComeBackAsItWasSent(string from, string to, bool accepted)
    {
        await using var sim = await Sim.StartAsync();
        const string Thinks = ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}";
        var message = await sim.MessageAsync(Claude.Body(more: Thinks));
        var content = message.GetProperty("content").GetRawText();
        content = from.Length == 0 ? content : content.Replace(from, to, StringComparison.Ordinal);
        using var response = await sim.SendAsync(
            Claude.Of(
                $$"""{"role":"user","content":"Hi"},{"role":"assistant","content":{{content}}},{"role":"user","content":"And?"}""",
                Thinks
            )
        );
        response.IsSuccessStatusCode.ShouldBe(accepted);
        (await response.Content.ReadAsStringAsync()).ShouldContain(
            accepted ? "end_turn" : "messages.1.content.0: Invalid `signature` in `thinking` block"
        );
    }

    [Fact]
    public async Task JsonSchema_IsAnsweredWithJsonOfThatShape()
    {
        await using var sim = await Sim.StartAsync();
        const string Format = """
            ,"output_config":{"format":{"type":"json_schema","schema":{"type":"object","required":["label"],"properties":{"label":{"enum":["a","b"]}}}}}
            """;
        var text = Claude.TextOf(await sim.MessageAsync(Claude.Body(more: Format)));
        JsonElement.Parse(text).GetProperty("label").GetString().ShouldBeOneOf("a", "b");
    }

    [Fact]
    public async Task Models_AreListedInAnthropicsShape_ToWhoSendsTheVersion()
    {
        await using var sim = await Sim.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/models");
        request.Headers.Add("anthropic-version", "2023-06-01");
        using var response = await sim.Client.SendAsync(request);
        var list = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        var ids = list.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()).ToArray();
        ids.ShouldBe(sim.Server.Options.Models.Select(m => m.Name));
        list.GetProperty("data")[0].GetProperty("type").GetString().ShouldBe("model");
        list.GetProperty("last_id").GetString().ShouldBe(ids[^1]);
        list.GetProperty("has_more").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("x-api-key", "right", HttpStatusCode.OK)]
    [InlineData("authorization", "Bearer right", HttpStatusCode.OK)]
    [InlineData("x-api-key", "wrong", HttpStatusCode.Unauthorized)]
    public async Task Key_ComesInEitherHeader(string header, string value, HttpStatusCode status)
    {
        await using var sim = await Sim.StartAsync(
            new SimulatorOptions { ApiKeys = new HashSet<string>(StringComparer.Ordinal) { "right" } }
        );
        using var response = await sim.PostAsync(
            Claude.Body(),
            Claude.Path,
            h =>
            {
                h.Add("anthropic-version", "2023-06-01");
                h.TryAddWithoutValidation(header, value);
            }
        );
        response.StatusCode.ShouldBe(status);
        if (status != HttpStatusCode.OK)
        {
            var body = JsonElement.Parse(await response.Content.ReadAsStringAsync());
            body.GetProperty("type").GetString().ShouldBe("error");
            body.GetProperty("error").GetProperty("type").GetString().ShouldBe("authentication_error");
        }
    }
}
