using FsCheck;
using FsCheck.Fluent;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Health;

/// <summary>How a deployment comes back, and what it counts.</summary>
public class DeploymentStateTests : DeploymentStateWorld
{
    [Fact]
    public void ForcedCalls_AreThreeAtOnce_AndThenOneASecond()
    {
        var state = State();
        Eject(state);
        for (var i = 0; i < 3; i++)
        {
            state.TryForce().ShouldBeTrue();
        }

        state.TryForce().ShouldBeFalse();
        Time.Advance(TimeSpan.FromMilliseconds(999));
        state.TryForce().ShouldBeFalse();
        Time.Advance(TimeSpan.FromMilliseconds(1));
        state.TryForce().ShouldBeTrue();
        state.TryForce().ShouldBeFalse();
        state.Exit(DeploymentState.Forced, FailureKind.ServerError);
        state.Exit(DeploymentState.Forced, FailureKind.ServerError);
        state.TryForce().ShouldBeTrue("two places are free again");
    }

    [Fact]
    public void AnAnswer_ProvesForFiveSeconds_OrUntilAFailure()
    {
        var state = State();
        state.IsProven.ShouldBeFalse();
        Call(state, failure: null);
        state.IsProven.ShouldBeTrue();
        Call(state, FailureKind.ServerError);
        state.IsProven.ShouldBeFalse();
        state.TryEnter(out var ticket).ShouldBeTrue();
        state.FirstToken(ticket, TimeSpan.FromMilliseconds(1));
        state.IsProven.ShouldBeFalse("a stream that began does not outweigh a failure before its end");
        state.Exit(ticket, failure: null);
        state.IsProven.ShouldBeTrue();
        Time.Advance(TimeSpan.FromSeconds(5));
        state.IsProven.ShouldBeFalse();
    }

    [Fact]
    public void AfterTheCooldown_ExactlyOneProbeIsAdmitted()
    {
        var state = State();
        Eject(state);
        Time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        state.TryEnter(out _).ShouldBeFalse();
        Time.Advance(TimeSpan.FromTicks(1));
        state.IsAvailable.ShouldBeTrue();
        state.TryEnter(out var probe).ShouldBeTrue();
        probe.ShouldNotBe(0);
        state.IsAvailable.ShouldBeFalse();
        state.TryEnter(out _).ShouldBeFalse();
        state.Exit(probe, failure: null);
        state.TryEnter(out var next).ShouldBeTrue();
        next.ShouldBe(0);
    }

    [Fact]
    public void FirstContentOfTheProbe_ClosesBeforeTheAnswerIsWhole()
    {
        var state = State();
        Eject(state);
        Time.Advance(TimeSpan.FromSeconds(30));
        state.TryEnter(out var probe).ShouldBeTrue();
        state.FirstToken(probe, TimeSpan.FromMilliseconds(80));
        state.IsAvailable.ShouldBeTrue();
        state.FirstTokenMilliseconds.ShouldBe(80);
        state.Exit(probe, FailureKind.StreamCut);
        state.IsAvailable.ShouldBeTrue("one failure after closing is an ordinary one");
        state.ConsecutiveFailures.ShouldBe(1);
    }

    [Fact]
    public void FailedProbes_CoolDownLongerEachTime_UpToTheCap()
    {
        var state = State();
        Eject(state);
        for (var inRow = 2; inRow <= 12; inRow++)
        {
            Time.Advance(state.CooldownLeft);
            Call(state, FailureKind.ServerError);
            var most = TimeSpan.FromMinutes(5) / 1.2;
            var expected = TimeSpan.FromSeconds(30 * inRow);
            state.CooldownLeft.ShouldBe(expected < most ? expected : most);
        }

        Time.Advance(state.CooldownLeft);
        Call(state, null);
        Eject(state);
        state.CooldownLeft.ShouldBe(TimeSpan.FromSeconds(30), "a success between them ends the row");
    }

    [Fact]
    public void AProbeWhoseCallerLeaves_GivesItsPlaceToTheNext()
    {
        var state = State();
        Eject(state);
        Time.Advance(TimeSpan.FromSeconds(30));
        Call(state, FailureKind.CallerGone);
        state.TryEnter(out var probe).ShouldBeTrue();
        probe.ShouldNotBe(0);
    }

    [Fact]
    public void LateResultsOfCallsBegunBefore_NeitherLengthenNorEndTheCooldown()
    {
        var state = State();
        state.TryEnter(out var good).ShouldBeTrue();
        state.TryEnter(out var bad).ShouldBeTrue();
        Eject(state);
        Time.Advance(TimeSpan.FromSeconds(10));
        state.Exit(bad, FailureKind.ServerError);
        state.FirstToken(good, TimeSpan.FromSeconds(1));
        state.Exit(good, failure: null);
        state.CooldownLeft.ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void AParkSetWhileTheProbeRuns_OutlivesTheProbesSuccess()
    {
        var state = State();
        state.TryEnter(out var early).ShouldBeTrue();
        Eject(state);
        Time.Advance(TimeSpan.FromSeconds(30));
        state.TryEnter(out var probe).ShouldBeTrue();
        state.Exit(early, FailureKind.RateLimited, TimeSpan.FromSeconds(60));
        state.Exit(probe, failure: null);
        state.IsAvailable.ShouldBeFalse();
        state.CooldownLeft.ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void AForcedCall_ClosesBySuccess_AndChangesNothingByFailure()
    {
        var state = State();
        Eject(state);
        state.TryForce().ShouldBeTrue();
        state.Exit(DeploymentState.Forced, FailureKind.ServerError);
        state.CooldownLeft.ShouldBe(TimeSpan.FromSeconds(30));
        state.TryForce().ShouldBeTrue();
        state.FirstToken(DeploymentState.Forced, TimeSpan.FromMilliseconds(5));
        state.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public void MaxInFlight_BoundsOrdinaryAndForcedCalls()
    {
        var state = State();
        state.TryEnter(out _, maxInFlight: 2).ShouldBeTrue();
        state.TryEnter(out _, maxInFlight: 2).ShouldBeTrue();
        state.TryEnter(out _, maxInFlight: 2).ShouldBeFalse();
        state.TryForce(maxInFlight: 2).ShouldBeFalse();
        state.InFlight.ShouldBe(2);
    }

    [Fact]
    public void Latency_IsAMovingAverage()
    {
        var state = State();
        state.FirstTokenMilliseconds.ShouldBeNull();
        state.FirstToken(0, TimeSpan.FromMilliseconds(100));
        state.FirstToken(0, TimeSpan.FromMilliseconds(200));
        state.FirstTokenMilliseconds.ShouldBe(120);
    }

    [Fact]
    public void Clear_OpensAtOnce()
    {
        var state = State();
        Call(state, FailureKind.Unauthorized);
        state.Clear();
        state.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public void InFlight_IsZeroAfterAnyPairedSequence_AndAtMostOneProbeIsOut() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                steps =>
                {
                    var state = State(new HealthOptions { AllowedFailures = 2 });
                    var open = new Queue<int>();
                    foreach (var step in steps)
                    {
                        Step(state, open, step);
                        open.Count(probe => probe > 0).ShouldBeLessThanOrEqualTo(1);
                    }

                    while (open.TryDequeue(out var probe))
                    {
                        state.Exit(probe, failure: null);
                    }

                    state.InFlight.ShouldBe(0);
                    Time.Advance(TimeSpan.FromHours(2));
                    state.TryEnter(out var last).ShouldBeTrue("no sequence wedges a deployment");
                    state.Exit(last, failure: null);
                    state.IsAvailable.ShouldBeTrue();
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private void Step(DeploymentState state, Queue<int> open, byte step)
    {
        switch (step % 4)
        {
            case 0 or 1:
                var due = state.IsAvailable;
                state.TryEnter(out var probe).ShouldBe(due, "IsAvailable says what TryEnter does");
                if (due)
                {
                    open.Enqueue(probe);
                }

                break;
            case 2 when open.TryDequeue(out var ended):
                state.Exit(
                    ended,
                    step % 3 == 0 ? null : (FailureKind)(step % 22),
                    step % 5 == 0 ? TimeSpan.FromSeconds(3) : null
                );
                break;
            default:
                Time.Advance(TimeSpan.FromSeconds(step % 40));
                break;
        }
    }
}
