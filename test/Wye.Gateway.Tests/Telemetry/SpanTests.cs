using System.Diagnostics;
using System.Net.Http.Json;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Telemetry;

public sealed class SpanTests : IAsyncLifetime
{
    private readonly GatewayFixture _gateway = new();
    private readonly SpanRecorder _spans = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _gateway.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        _spans.Dispose();
        return _gateway.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Request_IsOneServerSpan_WithOneClientSpanPerCall(bool stream)
    {
        var id = await SendAsync("auto", stream);

        var (request, calls) = _spans.Of(id);
        request.Kind.ShouldBe(ActivityKind.Server);
        request.DisplayName.ShouldBe("chat auto");
        request.Status.ShouldBe(ActivityStatusCode.Unset);
        Tag(request, "wye.route").ShouldBe("auto");
        Tag(request, "wye.policy").ShouldBe("static");
        Tag(request, "wye.why").ShouldBeOfType<string>().ShouldNotBeEmpty();
        Tag(request, "wye.cost_usd").ShouldBeOfType<double>().ShouldBeGreaterThan(0);
        Tag(request, "wye.saved_usd").ShouldBeOfType<double>().ShouldBeGreaterThan(0);
        Tag(request, "gen_ai.usage.input_tokens").ShouldBeNull();
        var call = calls.ShouldHaveSingleItem();
        call.Kind.ShouldBe(ActivityKind.Client);
        call.DisplayName.ShouldBe("chat gpt-4o-mini");
        Tag(call, "gen_ai.operation.name").ShouldBe("chat");
        Tag(call, "gen_ai.provider.name").ShouldBe("sim");
        Tag(call, "gen_ai.request.model").ShouldBe("gpt-4o-mini");
        Tag(call, "gen_ai.response.model").ShouldBe("gpt-4o-mini");
        Tag(call, "gen_ai.usage.input_tokens").ShouldBeOfType<long>().ShouldBeGreaterThan(0);
        Tag(call, "gen_ai.usage.output_tokens").ShouldBeOfType<long>().ShouldBeGreaterThan(0);
        Tag(call, "gen_ai.response.finish_reasons").ShouldBeOfType<string[]>().ShouldBe(["stop"]);
        Tag(call, "server.address").ShouldBe("127.0.0.1");
        Tag(call, "server.port").ShouldBe(_gateway.Simulator.Address.Port);
        Tag(call, "error.type").ShouldBeNull();
    }

    [Fact]
    public async Task Fallback_IsASecondCallSpan_AndTheFailedOneSaysWhatFailed()
    {
        _gateway.Simulator.Faults.Always("gpt-4o-mini", Fault.Status(500));

        var (request, calls) = _spans.Of(await SendAsync("auto", stream: false));

        request.Status.ShouldBe(ActivityStatusCode.Unset);
        calls.Count.ShouldBeGreaterThan(1);
        Tag(calls[0], "error.type").ShouldBe("server_error");
        calls[0].Status.ShouldBe(ActivityStatusCode.Error);
        calls[0].StatusDescription.ShouldBeNull();
        Tag(calls[^1], "gen_ai.request.model").ShouldBe("gpt-4o");
        Tag(calls[^1], "error.type").ShouldBeNull();
        Tag(request, "wye.attempts").ShouldBe(calls.Count);
    }

    [Fact]
    public async Task StreamThatIsCut_MarksBothSpans()
    {
        _gateway.Simulator.Faults.Always(FaultScripts.AnyModel, Fault.ErrorEvent(afterChunks: 2));

        var (request, calls) = _spans.Of(await SendAsync("auto", stream: true));

        Tag(request, "error.type").ShouldBe("server_error");
        Tag(calls.ShouldHaveSingleItem(), "error.type").ShouldBe("server_error");
    }

    [Fact]
    public async Task UnknownModel_HasNoRouteTag_AndNoCall()
    {
        var (request, calls) = _spans.Of(await SendAsync("no-such-model", stream: false));

        request.DisplayName.ShouldBe("chat");
        Tag(request, "wye.route").ShouldBeNull();
        Tag(request, "error.type").ShouldBe("model_not_found");
        calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task CallersTrace_IsContinued()
    {
        var parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        var (request, calls) = _spans.Of(await SendAsync("auto", stream: false, parent));

        request.TraceId.ToString().ShouldBe("4bf92f3577b34da6a3ce929d0e0e4736");
        request.ParentSpanId.ToString().ShouldBe("00f067aa0ba902b7");
        calls.ShouldHaveSingleItem().TraceId.ShouldBe(request.TraceId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not a trace")]
    public async Task CallWithoutATrace_BeginsOneOfItsOwn(string? traceParent)
    {
        var (request, _) = _spans.Of(await SendAsync("auto", stream: false, traceParent));

        request.ParentSpanId.ShouldBe(default);
    }

    private static object? Tag(Activity span, string name) => span.GetTagItem(name);

    private async Task<string> SendAsync(string model, bool stream, string? traceParent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions");
        request.Content = JsonContent.Create(
            new
            {
                model,
                stream,
                messages = new[] { new { role = "user", content = "Classify this ticket: it crashes." } },
            }
        );
        if (traceParent is not null)
        {
            request.Headers.TryAddWithoutValidation("traceparent", traceParent);
        }

        using var response = await _gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        try
        {
            await response.Content.ReadAsStringAsync(Token);
        }
        catch (HttpRequestException)
        {
            // A stream that broke is cut.
        }

        var id = response.Headers.GetValues("x-wye-request-id").Single();
        await Until(() => _spans.All.Any(span => Equals(span.GetTagItem("wye.request_id"), id)));
        return id;
    }

    /// <summary>The span ends just after the last byte has left.</summary>
    private static async Task Until(Func<bool> condition)
    {
        for (var i = 0; !condition() && i < 10_000; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Token);
        }
    }
}
