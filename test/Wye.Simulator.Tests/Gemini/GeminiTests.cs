using System.Net;
using System.Text;
using System.Text.Json;
using Wye.Simulator.Billing;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Gemini;

public class GeminiTests
{
    private const string Path = "v1beta/models/gemini-2.5-flash:generateContent";
    private const string StreamPath = "v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse";

    [Fact]
    public async Task Answer_CostsWhatItsUsageSays_AndWhatTheSameChatCosts()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.JsonAsync(Body("What is six times seven?"), Path);
        var candidate = answer.GetProperty("candidates")[0];
        candidate.GetProperty("finishReason").GetString().ShouldBe("STOP");
        candidate
            .GetProperty("content")
            .GetProperty("parts")[0]
            .GetProperty("text")
            .GetString()!
            .ShouldStartWith("[simulated gemini-2.5-flash]");
        var usage = answer.GetProperty("usageMetadata");
        var line = sim.Server.Bill.Snapshot().ShouldHaveSingleItem();
        line.Tokens.Input.ShouldBe(usage.GetProperty("promptTokenCount").GetInt64());
        line.Tokens.Output.ShouldBe(usage.GetProperty("candidatesTokenCount").GetInt64());

        await sim.JsonAsync(Sim.Chat("gemini-2.5-flash"));
        sim.Server.Bill.Snapshot()[1].Tokens.ShouldBe(line.Tokens);
    }

    [Fact]
    public async Task Stream_EndsWithItsBody_AfterFinishReasonAndUsage()
    {
        await using var sim = await Sim.StartAsync();
        using var response = await sim.PostAsync(Body("What is six times seven?"), StreamPath);
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldNotContain("[DONE]");
        text.ShouldEndWith("\r\n\r\n");
        var events = Events(text);
        events.Count.ShouldBeGreaterThan(2);
        events.SkipLast(1).ShouldAllBe(one => !one.GetRawText().Contains("finishReason", StringComparison.Ordinal));
        var last = events[^1];
        last.GetProperty("candidates")[0].GetProperty("finishReason").GetString().ShouldBe("STOP");
        last.GetProperty("usageMetadata")
            .GetProperty("candidatesTokenCount")
            .GetInt64()
            .ShouldBe(sim.Server.Bill.Snapshot().ShouldHaveSingleItem().Tokens.Output);
        var whole = await sim.JsonAsync(Body("What is six times seven?"), Path);
        string.Concat(events.Select(TextOf)).ShouldBe(TextOf(whole));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tools_AreCalledWhole_AndTheirResultsAnswered(bool stream)
    {
        await using var sim = await Sim.StartAsync();
        const string Tools =
            ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"get_weather\",\"parametersJsonSchema\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}]}]";
        var body = Body("Weather?", Tools + ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}}");
        using var response = await sim.PostAsync(body, stream ? StreamPath : Path);
        var text = await response.Content.ReadAsStringAsync();
        var events = stream ? Events(text) : [JsonElement.Parse(text)];
        var call = events
            .SelectMany(one =>
                one.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts").EnumerateArray()
            )
            .Where(part => part.TryGetProperty("functionCall", out _))
            .Select(part => part.GetProperty("functionCall"))
            .ShouldHaveSingleItem();
        call.GetProperty("args").TryGetProperty("city", out _).ShouldBeTrue();

        var history = $$$$$"""
            {"contents":[{"role":"user","parts":[{"text":"Weather?"}]},
             {"role":"model","parts":[{"functionCall":{"name":"get_weather","args":{}}}]},
             {"role":"user","parts":[{"functionResponse":{"name":"get_weather","response":{"output":"rain"}}}]}]{{{{{Tools}}}}}}
            """;
        var answered = await sim.JsonAsync(history, Path);
        TextOf(answered).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("{\"contents\":[]}", "contents is not specified")]
    [InlineData("{\"contents\":[{\"role\":\"assistant\",\"parts\":[{\"text\":\"x\"}]}]}", "valid role")]
    [InlineData("{\"contents\":[{\"parts\":[]}]}", "must not be empty")]
    [InlineData("{\"contents\":[{\"parts\":[{}]}]}", "required oneof")]
    [InlineData("{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"messages\":[]}", "Unknown name \"messages\"")]
    [InlineData(
        "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]},{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{}}}]},{\"parts\":[{\"text\":\"y\"}]}]}",
        "number of function response parts"
    )]
    [InlineData(
        "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"generationConfig\":{\"responseSchema\":{\"type\":\"object\"}}}",
        "MIME type"
    )]
    [InlineData(
        "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"generationConfig\":{\"max_tokens\":5}}",
        "Unknown name \"max_tokens\""
    )]
    [InlineData("{\"contents\":", "Invalid JSON payload")]
    public async Task WrongRequest_IsAnInvalidArgument(string body, string message)
    {
        await using var sim = await Sim.StartAsync();
        using var response = await sim.PostAsync(body, Path);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");
        error.GetProperty("status").GetString().ShouldBe("INVALID_ARGUMENT");
        error.GetProperty("message").GetString()!.ShouldContain(message);
        sim.Server.Bill.Count.ShouldBe(0);
    }

    [Fact]
    public async Task UnknownModel_IsNotFound_AndAFaultHasItsStatus()
    {
        await using var sim = await Sim.StartAsync();
        using var unknown = await sim.PostAsync(Body("x"), "v1beta/models/gemini-none:generateContent");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await unknown.Content.ReadAsStringAsync()).ShouldContain("\"NOT_FOUND\"");
        sim.Server.Faults.Script("gemini-2.5-flash", Fault.Status(503));
        using var failed = await sim.PostAsync(Body("x"), Path);
        failed.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await failed.Content.ReadAsStringAsync()).ShouldContain("\"UNAVAILABLE\"");
    }

    [Fact]
    public async Task FaultsOfStreams_StrikeHereToo()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script(
            "gemini-2.5-flash",
            Fault.EndWithoutFinish(),
            Fault.ErrorEvent(afterChunks: 2),
            Fault.HalfLine()
        );
        var unfinished = await StreamAsync(sim);
        unfinished.ShouldNotContain("finishReason");
        (await StreamAsync(sim)).ShouldContain("\"error\":{\"code\":");
        (await StreamAsync(sim)).ShouldEndWith("\"role\":\"mo");
        sim.Server.Bill.Snapshot().ShouldAllBe(line => line.End != CallEnd.Completed);
    }

    private static async Task<string> StreamAsync(Sim sim)
    {
        using var response = await sim.PostAsync(Body("Tell me a story"), StreamPath);
        return await response.Content.ReadAsStringAsync();
    }

    private static string Body(string prompt, string more = "") =>
        $"{{\"contents\":[{{\"role\":\"user\",\"parts\":[{{\"text\":{JsonSerializer.Serialize(prompt)}}}]}}]{more}}}";

    private static string TextOf(JsonElement answer)
    {
        var text = new StringBuilder();
        foreach (
            var part in answer.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts").EnumerateArray()
        )
        {
            text.Append(part.TryGetProperty("text", out var piece) ? piece.GetString() : "");
        }

        return text.ToString();
    }

    private static List<JsonElement> Events(string text) =>
        [
            .. text.Split("\r\n\r\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(one => JsonElement.Parse(one["data: ".Length..])),
        ];
}
