using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Wye.Simulator.Billing;
using Wye.Simulator.Faults;

namespace Wye.Simulator;

/// <summary>Faults as a client sees them that does not stream.</summary>
public class FaultTests
{
    [Fact]
    public async Task RateLimited_Carries_RetryAfterAndLimitHeaders()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("gpt-4o", Fault.RateLimited("7", "6m0s"));
        using var response = await sim.PostAsync(Sim.Chat());
        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        response.Headers.GetValues("x-ratelimit-reset-requests").ShouldBe(["6m0s"]);
        (await ErrorOf(response)).GetProperty("code").GetString().ShouldBe("rate_limit_exceeded");
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("120", null)]
    [InlineData("Wed, 21 Oct 2026 07:28:00 GMT", null)]
    [InlineData("soon", null)]
    [InlineData(null, "200")]
    public async Task RetryAfter_IsSentAsWritten(string? seconds, string? milliseconds)
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("gpt-4o", Fault.Status(503, seconds, milliseconds));
        using var response = await sim.PostAsync(Sim.Chat());
        var (name, value) = seconds is null ? ("retry-after-ms", milliseconds) : ("retry-after", seconds);
        response.Headers.NonValidated[name].ToString().ShouldBe(value);
    }

    public static TheoryData<string, int, string> Statuses =>
        new()
        {
            { """{"kind":"insufficient_quota"}""", 429, "insufficient_quota" },
            { """{"kind":"overloaded"}""", 529, "overloaded_error" },
            { """{"kind":"status","status":500}""", 500, "server_error" },
            { """{"kind":"status","status":502}""", 502, "server_error" },
            { """{"kind":"status","status":504}""", 504, "server_error" },
            { """{"kind":"context_length"}""", 400, "context_length_exceeded" },
            { """{"kind":"model_not_found"}""", 404, "model_not_found" },
            { """{"kind":"unauthorized"}""", 401, "invalid_api_key" },
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
        sim.Server.Faults.Always("gpt-4o", FaultRequest.Read(JsonElement.Parse(fault)));
        foreach (var body in (string[])[Sim.Chat(), Sim.Streamed()])
        {
            using var response = await sim.PostAsync(body);
            ((int)response.StatusCode).ShouldBe(status);
            (await response.Content.ReadAsStringAsync()).ShouldContain(text);
        }

        (await sim.BillAsync()).ShouldBeEmpty();
        sim.Server.Calls.Snapshot().Select(c => c.Status).ShouldBe([status, status]);
    }

    [Fact]
    public async Task RefusedAddress_RefusesToConnect()
    {
        using var refused = SimulatorServer.ReserveRefusedAddress();
        using var client = new HttpClient();
        var error = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(refused.Address));
        (error.InnerException as SocketException)?.SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
    }

    [Fact]
    public async Task Reset_EndsTheConnectionBeforeAnyHeader()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("gpt-4o", Fault.Reset());
        await Should.ThrowAsync<HttpRequestException>(() => sim.PostAsync(Sim.Chat()));
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task NoHeaders_WaitsUntilTheCallerLeaves_ForFree()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("gpt-4o", Fault.NoHeaders());
        var arrived = Arrival(sim);
        using var leave = new CancellationTokenSource();
        var call = sim.PostAsync(Sim.Chat(), cancellationToken: leave.Token);
        await arrived;
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task DripHeaders_SendsAByteAtATime_AndNeverEnds()
    {
        var time = new ManualTime();
        await using var sim = await Sim.StartAsync(new SimulatorOptions { Time = time });
        sim.Server.Faults.Script("gpt-4o", Fault.DripHeaders());
        using var client = new TcpClient();
        await client.ConnectAsync(sim.Server.Address.Host, sim.Server.Address.Port);
        var stream = client.GetStream();
        var body = Sim.Chat();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n{body}"
            )
        );
        var received = new byte[4];
        for (var i = 0; i < received.Length; i++)
        {
            await time.ArmedAsync(i + 1);
            time.Advance(TimeSpan.FromSeconds(1));
            await stream.ReadExactlyAsync(received.AsMemory(i, 1));
        }

        Encoding.ASCII.GetString(received).ShouldBe("HTTP");
        client.Close();
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delay_IsWaitedOnTheClock_ThenTheAnswerIsWhole()
    {
        var time = new ManualTime();
        await using var sim = await Sim.StartAsync(new SimulatorOptions { Time = time });
        sim.Server.Faults.Script("gpt-4o", Fault.Delay(TimeSpan.FromSeconds(30)));
        var answer = sim.JsonAsync(Sim.Chat());
        await time.ArmedAsync(1);
        time.Advance(TimeSpan.FromSeconds(30));
        (await answer).TryGetProperty("usage", out _).ShouldBeTrue();
        (await sim.BillAsync()).ShouldHaveSingleItem().End.ShouldBe(CallEnd.Completed);
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
        sim.Server.Faults.Script("gpt-4o", Of(kind));
        using var response = await sim.PostAsync(Sim.Chat());
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldStartWith("{");
        Should.Throw<JsonException>(() => JsonElement.Parse(text));
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task BadBody_CanBeBilledToTheEnd()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("gpt-4o", Fault.TruncatedJson() with { Billing = FaultBilling.ToTheEnd }, Fault.None);
        using var broken = await sim.PostAsync(Sim.Chat());
        await sim.JsonAsync(Sim.Chat());
        var bill = await sim.BillAsync();
        bill[0].End.ShouldBe(CallEnd.FaultedBeforeContent);
        bill[0].PicoUsd.ShouldBe(bill[1].PicoUsd);
    }

    [Fact]
    public async Task EmptyChoices_And_NullContent_AreValidJson_AndBilledAsTheySay()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("gpt-4o", Fault.EmptyChoices(), Fault.NullContent());
        var empty = await sim.JsonAsync(Sim.Chat());
        empty.GetProperty("choices").GetArrayLength().ShouldBe(0);
        var silent = await sim.JsonAsync(Sim.Chat());
        silent
            .GetProperty("choices")[0]
            .GetProperty("message")
            .GetProperty("content")
            .ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (var line in await sim.BillAsync())
        {
            line.Tokens.ShouldBe(new BilledTokens(13, 0, 0, 0, 0));
        }
    }

    [Fact]
    public async Task ErrorEvent_IsAnErrorBodyWithStatus200()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("gpt-4o", Fault.ErrorEvent());
        using var response = await sim.PostAsync(Sim.Chat());
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ErrorOf(response)).GetProperty("type").GetString().ShouldBe("server_error");
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task CutStream_BreaksTheBodyInTheMiddle()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("gpt-4o", Fault.CutStream());
        using var response = await sim.PostAsync(Sim.Chat());
        var error = await Should.ThrowAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
        error.HttpRequestError.ShouldBe(HttpRequestError.ResponseEnded);
        (await sim.BillAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stall_before_content", false)]
    [InlineData("stall_mid_stream", true)]
    public async Task Stall_SendsWhatItSays_ThenWaits_ThenGoesOn(string kind, bool half)
    {
        var time = new ManualTime();
        await using var sim = await Sim.StartAsync(new SimulatorOptions { Time = time });
        sim.Server.Faults.Script("gpt-4o", Of(kind, ",\"duration_ms\":5000"));
        using var response = await sim.PostAsync(Sim.Chat());
        var stream = await response.Content.ReadAsStreamAsync();
        var start = new byte[1];
        if (half)
        {
            await stream.ReadExactlyAsync(start);
        }

        await time.ArmedAsync(1);
        time.Advance(TimeSpan.FromSeconds(5));
        var rest = await new StreamReader(stream).ReadToEndAsync();
        JsonElement.Parse((half ? "{" : "") + rest).TryGetProperty("choices", out _).ShouldBeTrue();
        (await sim.BillAsync()).ShouldHaveSingleItem().End.ShouldBe(CallEnd.Completed);
    }

    [Fact]
    public async Task HugeLine_IsAHugeBodyThatIsStillJson()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("gpt-4o", Fault.HugeLine());
        using var response = await sim.PostAsync(Sim.Chat());
        var body = await response.Content.ReadAsByteArrayAsync();
        body.Length.ShouldBeGreaterThan(10 << 20);
        JsonElement.Parse(body).TryGetProperty("choices", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task EndlessBody_GoesOnUntilTheCallerLeaves_AndIsBilledSoFar()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("gpt-4o", Fault.EndlessStream());
        using (var response = await sim.PostAsync(Sim.Chat()))
        {
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[1 << 20]);
        }

        var line = (await sim.BillAsync()).ShouldHaveSingleItem();
        line.End.ShouldBe(CallEnd.CancelledByCaller);
        line.Tokens.Output.ShouldBeGreaterThan((1 << 20) / 4 - 2_000);
    }

    [Fact]
    public async Task ContentFilter_WithholdsHalf_AndSaysSo()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script("gpt-4o", Fault.ContentFilter());
        var answer = await sim.JsonAsync(Sim.Chat());
        answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("content_filter");
        (await sim.BillAsync())[0]
            .Tokens.Output.ShouldBe(answer.GetProperty("usage").GetProperty("completion_tokens").GetInt64());
    }

    [Fact]
    public async Task UsageFaults_LieToTheCaller_NeverToTheBill()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Script(
            "gpt-4o",
            Fault.UsageMissing(),
            Fault.UsageNegative(),
            Fault.UsageAbsurd(),
            Fault.None
        );
        (await sim.JsonAsync(Sim.Chat())).TryGetProperty("usage", out _).ShouldBeFalse();
        (await sim.JsonAsync(Sim.Chat())).GetProperty("usage").GetProperty("prompt_tokens").GetInt64().ShouldBe(-13);
        (await sim.JsonAsync(Sim.Chat()))
            .GetProperty("usage")
            .GetProperty("completion_tokens")
            .GetInt64()
            .ShouldBe(1L << 53);
        await sim.JsonAsync(Sim.Chat());
        (await sim.BillAsync()).Select(l => l.PicoUsd).Distinct().Count().ShouldBe(1);
    }

    private static Fault Of(string kind, string more = "") =>
        FaultRequest.Read(JsonElement.Parse($"{{\"kind\":\"{kind}\"{more}}}"));

    private static async Task<JsonElement> ErrorOf(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");

    private static Task Arrival(Sim sim)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sim.Server.Faults.When(_ =>
        {
            arrived.TrySetResult();
            return null;
        });
        return arrived.Task;
    }
}
