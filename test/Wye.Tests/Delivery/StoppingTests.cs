using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

/// <summary>D03: what still runs when the drain limit is reached.</summary>
public class StoppingTests
{
    private readonly DeliveryWorld _world = new();
    private readonly CancellationTokenSource _stop = new();

    private Task<Outcome> Deliver(RoutePlan plan, bool stream) =>
        _world
            .Delivery.DeliverAsync(
                _world.Request(plan, Asked(stream)) with
                {
                    Stopping = _stop.Token,
                },
                _world.Sink,
                _world.Caller.Token
            )
            .AsTask();

    private async Task<Outcome> StopDuring(Task<Outcome> delivery)
    {
        delivery.IsCompleted.ShouldBeFalse();
        await _stop.CancelAsync();
        var outcome = await delivery;
        _world.Time.Elapsed.ShouldBe(TimeSpan.Zero);
        _world.Time.Armed.ShouldBe(0);
        _world.Models.OpenExchanges.ShouldBe(0);
        outcome.Error!.Code.ShouldBe("gateway_stopping");
        return outcome;
    }

    [Fact]
    public async Task AStreamThatRuns_EndsInAnErrorFrameAndACut_AndIsBilledAsAnEstimate()
    {
        _world.Models.Plan("a", Script.Stream(Script.Role(), Script.Content("half an answer"), Script.Stall()));
        var outcome = await StopDuring(Deliver(Chain("a", "b"), stream: true));
        _world.Journal.ShouldBe(["start", "role", "half an answer", "settle", "cut NoneAvailable"]);
        outcome.Record.Request.Status.ShouldBe(200);
        var attempt = outcome.Record.Attempts.ShouldHaveSingleItem();
        attempt.Estimated.ShouldBeTrue();
        attempt.Usage.ShouldBe(new Usage { InputTokens = 12, OutputTokens = 4 });
        _world.Health.Of(new DeploymentId("a")).ConsecutiveFailures.ShouldBe(0, "it is no fault of the provider");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ACallWithoutContent_IsRefusedWith503_AndNoOtherTargetIsCalled(bool stream)
    {
        _world.Models.Plan("a", Script.Hang());
        var outcome = await StopDuring(Deliver(Chain("a", "b"), stream));
        _world.Called.ShouldBe("a");
        _world.Journal.ShouldBe(["settle", "fail NoneAvailable"]);
        outcome.Record.Request.Status.ShouldBe(503);
        outcome.Record.Request.Estimated.ShouldBeTrue("the provider may bill it");
    }

    [Fact]
    public async Task ACallThatWaitsForARetry_IsRefusedAtOnce()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError));
        await StopDuring(Deliver(Plan(Node("a") with { Retries = 1 }), stream: false));
        _world.Called.ShouldBe("a");
    }

    [Fact]
    public async Task ACallThatArrivesAfterwards_CallsNothing()
    {
        await _stop.CancelAsync();
        var outcome = await Deliver(Chain("a"), stream: true);
        outcome.Error!.Code.ShouldBe("gateway_stopping");
        _world.Models.Calls.ShouldBeEmpty();
    }
}
