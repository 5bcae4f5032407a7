using System.ClientModel;
using OpenAI;
using OpenAI.Chat;
using Wye.Delivery;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Faults;

/// <summary>R04, R05, R09, T09: what a caller is told when nothing answers, or nothing answers yet.</summary>
public class HintTests
{
    [Theory]
    [InlineData("retry-after", "7", 7)]
    [InlineData("retry-after", "120", 30)]
    [InlineData("retry-after", "0", 1)]
    [InlineData("retry-after", "soon", 1)]
    [InlineData("retry-after", "Tue, 31 Dec 2999 23:59:59 GMT", 30)]
    [InlineData("retry-after-ms", "2500", 3)]
    [InlineData("x-ms-retry-after-ms", "1500", 2)]
    [InlineData("x-ratelimit-reset-requests", "6m0s", 30)]
    [InlineData("x-ratelimit-reset-tokens", "4s", 4)]
    [InlineData("x-ratelimit-reset-requests", "-1", 1)]
    public async Task WhenEveryTargetLimitsTheRate_TheCallerIsTold1To30Seconds_NeverTheProvidersOwnWords(
        string header,
        string value,
        int seconds
    )
    {
        await using var world = await FaultWorld.StartAsync(
            delivery: new DeliveryOptions { MaxRetryWait = TimeSpan.Zero }
        );
        world.Simulator.Faults.Always(FaultScripts.AnyModel, Fault.Status(429).WithHeader(header, value));
        using var response = await world.SendAsync(stream: true);
        ((int)response.StatusCode).ShouldBe(429);
        var told = response.Headers.GetValues("retry-after").ShouldHaveSingleItem();
        int.Parse(told, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(seconds);
        response.Headers.GetValues("x-should-retry").ShouldHaveSingleItem().ShouldBe("false");

        // Both targets are parked now: nothing is called, and the hint stands all the same.
        using var again = await world.SendAsync(stream: false);
        ((int)again.StatusCode).ShouldBeOneOf(429, 503);
        again.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 30);
    }

    [Fact]
    public async Task OneCallOfTheDotNetClient_WithEverythingDown_StaysWithinTwelveUpstreamCalls()
    {
        await using var world = await FaultWorld.StartAsync();
        world.Simulator.Faults.Always(FaultScripts.AnyModel, Fault.Status(503));
        var client = new ChatClient(
            "auto",
            new ApiKeyCredential(world.Key),
            new OpenAIClientOptions { Endpoint = new Uri(world.Host.Address, "v1") }
        );
        var failed = await Should.ThrowAsync<ClientResultException>(() => client.CompleteChatAsync("hello"));
        failed.Status.ShouldBe(503);
        var calls = world.Simulator.Calls.Count;
        Sizes.Record("R05", ("client", "OpenAI .NET"), ("upstream_calls", calls));
        calls.ShouldBeLessThanOrEqualTo(12);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task OneCallOfTheNpmClient_WithEverythingDown_StaysWithinThreeUpstreamCalls(string package)
    {
        await using var world = await FaultWorld.StartAsync();
        world.Simulator.Faults.Always(FaultScripts.AnyModel, Fault.Status(503));
        var result = await NodeScript.RunAsync(
            "faults.mjs",
            world,
            ("WYE_CLIENT", package),
            ("WYE_CALLS", "1"),
            ("WYE_RETRIES", "2"),
            ("WYE_STREAM", "0")
        );
        var calls = world.Simulator.Calls.Count;
        Sizes.Record("R05", ("client", package + " npm"), ("upstream_calls", calls));
        calls.ShouldBeInRange(1, 3, result);
        result.ShouldContain("\"silent\":0");
    }

    [Fact]
    public async Task InTheOtherDialect_HeartbeatsAreCommentsToo_BeforeTheFirstEvent()
    {
        var beats = new DeliveryOptions
        {
            HeartbeatAfter = TimeSpan.FromMilliseconds(100),
            HeartbeatEvery = TimeSpan.FromMilliseconds(100),
        };
        await using var world = await FaultWorld.StartAsync(delivery: beats);
        world.Simulator.Faults.Always(FaultWorld.First, Fault.NoHeaders());
        using var response = await world.SendAsync(stream: true, path: "v1/messages");
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, text);
        text.ShouldStartWith(": ping\n\n: ping\n\n");
        text.Split("event: message_start").Length.ShouldBe(2, "the answer begins once, after the heartbeats");
        text.ShouldEndWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");

        world.ForgetHealth();
        world.Simulator.Faults.Always(FaultScripts.AnyModel, Fault.NoHeaders());
        using var failed = await world.SendAsync(stream: true, path: "v1/messages");
        var cut = await Should.ThrowAsync<Exception>(() => failed.Content.ReadAsStringAsync());
        cut.ShouldBeAssignableTo<Exception>();
        var row = await world.RowAsync(before: 1);
        (row.Request.Status, row.Request.Failure is not null).ShouldBe((200, true));
    }

    [Fact]
    public async Task WhileNothingAnswers_CommentsKeepTheConnection_AndTheAnswerFollowsThem()
    {
        var beats = new DeliveryOptions
        {
            HeartbeatAfter = TimeSpan.FromMilliseconds(100),
            HeartbeatEvery = TimeSpan.FromMilliseconds(100),
        };
        await using var world = await FaultWorld.StartAsync(delivery: beats);
        world.Simulator.Faults.Always(FaultWorld.First, Fault.NoHeaders());
        using var response = await world.SendAsync(stream: true);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200);
        response.Headers.GetValues("x-wye-model").ShouldHaveSingleItem().ShouldBe("none", "nobody had answered yet");
        text.ShouldStartWith(": ping\n\n: ping\n\n");
        text.ShouldContain(
            $"\"model\":\"{FaultWorld.Second}\"",
            Case.Sensitive,
            "the closing comment says who answered"
        );
        text.ShouldEndWith("data: [DONE]\n\n");
    }

    [Fact]
    public async Task AfterAHeartbeat_ATotalFailureIsAnErrorFrameAndACut()
    {
        var beats = new DeliveryOptions { HeartbeatAfter = TimeSpan.FromMilliseconds(100) };
        await using var world = await FaultWorld.StartAsync(delivery: beats);
        world.Simulator.Faults.Always(FaultScripts.AnyModel, Fault.NoHeaders());
        var client = new ChatClient(
            "auto",
            new ApiKeyCredential(world.Key),
            new OpenAIClientOptions { Endpoint = new Uri(world.Host.Address, "v1") }
        );
        await Should.ThrowAsync<Exception>(async () =>
        {
            await foreach (var _ in client.CompleteChatStreamingAsync("hello")) { }
        });
        var row = await world.RowAsync(before: 0);
        row.Request.Status.ShouldBe(200);
        row.Request.Failure.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("context_window_fallbacks: [],", 400)]
    public async Task APromptTooLongForTheFirst_GoesToALargerWindow_UnlessTheRouteForbidsIt(string route, int status)
    {
        await using var world = await FaultWorld.StartAsync(route);
        world.Simulator.Faults.Always(FaultWorld.First, Fault.ContextLength());
        using var response = await world.SendAsync(stream: false);
        ((int)response.StatusCode).ShouldBe(status);
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldContain(status == 200 ? "\"finish_reason\":\"stop\"" : "\"code\":\"context_length_exceeded\"");
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData($"content_policy_fallbacks: [{FaultWorld.Second}],", 200)]
    public async Task ARefusalByAContentPolicy_GoesOnOnlyWhereTheRouteSaysSo(string route, int status)
    {
        await using var world = await FaultWorld.StartAsync(route);
        world.Simulator.Faults.Always(
            FaultWorld.First,
            Fault.Status(400) with
            {
                ErrorCode = "content_policy_violation",
            }
        );
        using var response = await world.SendAsync(stream: true);
        ((int)response.StatusCode).ShouldBe(status);
    }
}
