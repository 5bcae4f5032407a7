using System.Net;
using System.Text.Json;
using Wye.Simulator.Billing;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Messages;

/// <summary>Faults as a client of the Anthropic dialect sees them that does not stream.</summary>
public class MessageFaultTests
{
    public static TheoryData<string, int, string> Statuses =>
        new()
        {
            { """{"kind":"rate_limited"}""", 429, "rate_limit_error" },
            { """{"kind":"insufficient_quota"}""", 400, "Your credit balance is too low" },
            { """{"kind":"overloaded"}""", 529, "overloaded_error" },
            { """{"kind":"status","status":400}""", 400, "invalid_request_error" },
            { """{"kind":"status","status":402}""", 402, "billing_error" },
            { """{"kind":"status","status":403}""", 403, "permission_error" },
            { """{"kind":"status","status":404}""", 404, "not_found_error" },
            { """{"kind":"status","status":413}""", 413, "request_too_large" },
            { """{"kind":"status","status":500}""", 500, "api_error" },
            { """{"kind":"status","status":503}""", 503, "api_error" },
            { """{"kind":"status","status":504}""", 504, "timeout_error" },
            { """{"kind":"context_length"}""", 400, "prompt is too long: 200001 tokens > 200000 maximum" },
            { """{"kind":"model_not_found"}""", 404, "model: claude-sonnet-4-5" },
            { """{"kind":"unauthorized"}""", 401, "authentication_error" },
            { """{"kind":"html","status":502}""", 502, "<h1>502 BadGateway</h1>" },
        };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task StatusFault_HasItsStatusAndBody_StreamedOrNot_AndCostsNothing(
        string fault,
        int status,
        string text
    )
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Always("*", FaultRequest.Read(JsonElement.Parse(fault)));
        foreach (var body in (string[])[Claude.Body(), Claude.Streamed()])
        {
            using var response = await sim.SendAsync(body);
            ((int)response.StatusCode).ShouldBe(status);
            (await response.Content.ReadAsStringAsync()).ShouldContain(text);
        }

        (await sim.BillAsync()).ShouldBeEmpty();
        sim.Server.Calls.Snapshot().Select(c => c.Status).ShouldBe([status, status]);
    }

    [Theory]
    [InlineData("6m0s", "2026-01-01T00:06:00Z")]
    [InlineData("1h2m1.5s", "2026-01-01T01:02:01Z")]
    [InlineData("200ms", "2026-01-01T00:00:00Z")]
    [InlineData("soon", "soon")]
    public async Task RateLimited_CarriesTheDialectsOwnHeaders(string reset, string expected)
    {
        await using var sim = await Sim.StartAsync(new SimulatorOptions { Time = new ManualTime() });
        sim.Server.Faults.Always("*", Fault.RateLimited("7", reset));
        using var response = await sim.SendAsync(Claude.Body());
        response.Headers.GetValues("retry-after").ShouldBe(["7"]);
        response.Headers.GetValues("anthropic-ratelimit-requests-remaining").ShouldBe(["0"]);
        response.Headers.GetValues("anthropic-ratelimit-requests-reset").ShouldBe([expected]);
        response.Headers.Contains("x-ratelimit-reset-requests").ShouldBeFalse();
        using var chat = await sim.PostAsync(Sim.Chat());
        chat.Headers.GetValues("x-ratelimit-reset-requests").ShouldBe([reset]);
        chat.Headers.Contains("anthropic-ratelimit-requests-reset").ShouldBeFalse();
    }

    [Fact]
    public async Task AnyFault_TakesRetryAfterHeadersAndBilling_InBothDialects()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Always(
            "*",
            FaultRequest.Read(
                JsonElement.Parse(
                    """{"kind":"overloaded","retry_after":"9","retry_after_ms":"9000","headers":{"x-should-retry":"false"}}"""
                )
            )
        );
        foreach (var call in (Task<HttpResponseMessage>[])[sim.SendAsync(Claude.Body()), sim.PostAsync(Sim.Chat())])
        {
            using var response = await call;
            ((int)response.StatusCode).ShouldBe(529);
            response.Headers.GetValues("retry-after").ShouldBe(["9"]);
            response.Headers.GetValues("retry-after-ms").ShouldBe(["9000"]);
            response.Headers.GetValues("x-should-retry").ShouldBe(["false"]);
        }

        sim.Server.Faults.Always(
            "*",
            FaultRequest.Read(JsonElement.Parse("""{"kind":"truncated_json","billing":"to_the_end"}"""))
        );
        using var cut = await sim.SendAsync(Claude.Body());
        (await sim.BillAsync()).ShouldHaveSingleItem().End.ShouldBe(CallEnd.FaultedBeforeContent);
    }

    [Theory]
    [InlineData("truncated_json")]
    [InlineData("invalid_json")]
    [InlineData("half_line")]
    [InlineData("malformed_chunk")]
    [InlineData("end_without_finish")]
    public async Task BadBody_IsStatus200_AndNotJson_AndFree(string kind)
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("*", Of(kind));
        using var response = await sim.SendAsync(Claude.Body());
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldStartWith("{");
        text.ShouldContain("\"msg_sim");
        Should.Throw<JsonException>(() => JsonElement.Parse(text));
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task EmptyChoices_IsNoBlock_NullContent_IsAnEmptyOne()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("*", Fault.EmptyChoices(), Fault.NullContent());
        var empty = await sim.MessageAsync(Claude.Body());
        empty.GetProperty("content").GetArrayLength().ShouldBe(0);
        empty.GetProperty("stop_reason").GetString().ShouldBe("end_turn");
        var silent = await sim.MessageAsync(Claude.Body());
        silent
            .GetProperty("content")
            .EnumerateArray()
            .ShouldHaveSingleItem()
            .GetProperty("text")
            .GetString()
            .ShouldBe("");
        (await sim.BillAsync()).Select(l => l.Tokens).ShouldAllBe(t => t == new BilledTokens(13, 0, 0, 0, 0));
    }

    [Fact]
    public async Task ErrorEvent_IsAnErrorBodyWithStatus200()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("*", Fault.ErrorEvent());
        using var response = await sim.SendAsync(Claude.Body());
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        body.GetProperty("type").GetString().ShouldBe("error");
        body.GetProperty("error").GetProperty("type").GetString().ShouldBe("api_error");
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task CutStream_BreaksTheBodyInTheMiddle()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("*", Fault.CutStream());
        using var response = await sim.SendAsync(Claude.Body());
        var error = await Should.ThrowAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
        error.HttpRequestError.ShouldBe(HttpRequestError.ResponseEnded);
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task EndlessBody_IsAMessageWhoseTextDoesNotEnd()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("*", Fault.EndlessStream());
        using (var response = await sim.SendAsync(Claude.Body()))
        {
            var start = new byte[100_000];
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(start);
            System
                .Text.Encoding.UTF8.GetString(start)
                .ShouldStartWith(
                    """{"id":"msg_sim","type":"message","role":"assistant","content":[{"type":"text","text":"and so on"""
                );
        }

        (await sim.BillAsync()).ShouldHaveSingleItem().End.ShouldBe(CallEnd.CancelledByCaller);
    }

    [Fact]
    public async Task HugeLine_IsAHugeBodyThatIsStillJson()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("*", Fault.HugeLine(1 << 20));
        var message = await sim.MessageAsync(Claude.Body());
        message.GetProperty("type").GetString().ShouldBe("message");
    }

    [Fact]
    public async Task ContentFilter_IsARefusal()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("*", Fault.ContentFilter());
        var message = await sim.MessageAsync(Claude.Body());
        message.GetProperty("stop_reason").GetString().ShouldBe("refusal");
        (await sim.BillAsync())[0]
            .Tokens.Output.ShouldBe(message.GetProperty("usage").GetProperty("output_tokens").GetInt64());
    }

    [Fact]
    public async Task UsageFaults_LieToTheCaller_NeverToTheBill()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("*", Fault.UsageMissing(), Fault.UsageNegative(), Fault.UsageAbsurd(), Fault.None);
        (await sim.MessageAsync(Claude.Body())).TryGetProperty("usage", out _).ShouldBeFalse();
        (await UsageAsync(sim, "input_tokens")).ShouldBe(-13);
        (await UsageAsync(sim, "output_tokens")).ShouldBe(1L << 53);
        (await UsageAsync(sim, "input_tokens")).ShouldBe(13);
        (await sim.BillAsync()).Select(l => l.PicoUsd).Distinct().Count().ShouldBe(1);
    }

    private static async Task<long> UsageAsync(Sim sim, string field) =>
        (await sim.MessageAsync(Claude.Body())).GetProperty("usage").GetProperty(field).GetInt64();

    private static Fault Of(string kind) => FaultRequest.Read(JsonElement.Parse($"{{\"kind\":\"{kind}\"}}"));
}
