using FsCheck;
using FsCheck.Fluent;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Health;

public class DeploymentStateTests
{
    private readonly ManualTime _time = new();

    private DeploymentState State(HealthOptions? options = null, double random = 0) =>
        new(_time, options ?? new HealthOptions(), new FixedRandom(random));

    private static void Call(DeploymentState state, FailureKind? failure, TimeSpan? retryAfter = null)
    {
        state.TryEnter(out var probe).ShouldBeTrue();
        state.Exit(probe, failure, retryAfter);
    }

    private static void Eject(DeploymentState state)
    {
        for (var i = 0; i < 5; i++)
        {
            Call(state, FailureKind.ServerError);
        }

        state.IsAvailable.ShouldBeFalse();
    }

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
        _time.Advance(TimeSpan.FromMilliseconds(999));
        state.TryForce().ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
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
        _time.Advance(TimeSpan.FromSeconds(5));
        state.IsProven.ShouldBeFalse();
    }

    [Fact]
    public void Ejection_ComesAtTheFifthFailureInARow_AndNotBefore()
    {
        var state = State();
        for (var i = 0; i < 4; i++)
        {
            Call(state, FailureKind.ServerError);
        }

        state.IsAvailable.ShouldBeTrue();
        Call(state, FailureKind.ConnectFailed);
        state.IsAvailable.ShouldBeFalse();
        state.TryEnter(out _).ShouldBeFalse();
        state.InFlight.ShouldBe(0);
        state.CooldownLeft.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void SuccessBetweenFailures_StartsTheCountAnew()
    {
        var state = State(new HealthOptions { FailureRateCalls = 1000 });
        for (var i = 0; i < 40; i++)
        {
            Call(state, i % 5 == 4 ? null : FailureKind.ServerError);
        }

        state.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public void HalfOfTenCallsFailing_Ejects_HalfOfEightDoNot()
    {
        var state = State();
        for (var i = 0; i < 9; i++)
        {
            Call(state, i % 2 == 0 ? null : FailureKind.Overloaded);
        }

        state.IsAvailable.ShouldBeTrue();
        Call(state, FailureKind.Overloaded);
        state.IsAvailable.ShouldBeFalse("the tenth call is the fifth that failed");
        state.ConsecutiveFailures.ShouldBe(1);
    }

    [Fact]
    public void LessThanHalfFailing_NeverEjects()
    {
        var state = State();
        for (var i = 0; i < 300; i++)
        {
            Call(state, i % 3 == 1 ? FailureKind.Overloaded : null);
        }

        state.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public void FailuresOlderThanTheWindow_AreForgotten()
    {
        var state = State();
        for (var i = 0; i < 8; i++)
        {
            Call(state, i % 2 == 0 ? FailureKind.Overloaded : null);
        }

        _time.Advance(TimeSpan.FromSeconds(29));
        state.FailureRate.ShouldBe(0.5);
        _time.Advance(TimeSpan.FromSeconds(1));
        state.FailureRate.ShouldBe(0);
    }

    [Fact]
    public void AfterTheCooldown_ExactlyOneProbeIsAdmitted()
    {
        var state = State();
        Eject(state);
        _time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        state.TryEnter(out _).ShouldBeFalse();
        _time.Advance(TimeSpan.FromTicks(1));
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
        _time.Advance(TimeSpan.FromSeconds(30));
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
            _time.Advance(state.CooldownLeft);
            Call(state, FailureKind.ServerError);
            var most = TimeSpan.FromMinutes(5) / 1.2;
            var expected = TimeSpan.FromSeconds(30 * inRow);
            state.CooldownLeft.ShouldBe(expected < most ? expected : most);
        }

        _time.Advance(state.CooldownLeft);
        Call(state, null);
        Eject(state);
        state.CooldownLeft.ShouldBe(TimeSpan.FromSeconds(30), "a success between them ends the row");
    }

    [Fact]
    public void Cooldowns_AreSpreadByJitter_AndNeverLeaveTheirBounds()
    {
        var random = new SeededRandomSource(7);
        var buckets = new int[60];
        for (var i = 0; i < 1000; i++)
        {
            var state = new DeploymentState(_time, new HealthOptions(), random);
            Eject(state);
            var left = state.CooldownLeft;
            left.ShouldBeInRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(36));
            buckets[Math.Min(59, (int)((left - TimeSpan.FromSeconds(30)).TotalMilliseconds / 100))]++;
        }

        (buckets.Max() / (1000.0 / 60)).ShouldBeLessThanOrEqualTo(3);
        var capped = State(new HealthOptions { Cooldown = TimeSpan.FromHours(1) }, random: 0.999999);
        Eject(capped);
        capped.CooldownLeft.ShouldBeInRange(TimeSpan.FromMinutes(4.9), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void RetryAfter_IsKeptToTheTick_AndNotTriedEvenByForce()
    {
        var state = State();
        Call(state, FailureKind.RateLimited, TimeSpan.FromSeconds(17));
        state.CooldownLeft.ShouldBe(TimeSpan.FromSeconds(17));
        state.IsParkedByProvider.ShouldBeTrue();
        state.TryForce().ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(17));
        state.IsAvailable.ShouldBeTrue();
        state.TryForce().ShouldBeTrue();
    }

    [Fact]
    public void AnAbsurdRetryAfter_IsBelievedForAnHour()
    {
        var state = State();
        Call(state, FailureKind.RateLimited, TimeSpan.FromDays(400));
        state.CooldownLeft.ShouldBe(TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData(FailureKind.RateLimited, 1)]
    [InlineData(FailureKind.QuotaExhausted, 900)]
    [InlineData(FailureKind.Unauthorized, 300)]
    [InlineData(FailureKind.ModelNotFound, 900)]
    public void OneSuchFailure_ParksTheDeployment(FailureKind kind, int seconds)
    {
        var state = State();
        Call(state, kind);
        state.CooldownLeft.ShouldBe(TimeSpan.FromSeconds(seconds));
        state.IsParkedByProvider.ShouldBeFalse();
        state.TryForce().ShouldBeTrue("the last target is tried when the provider named no time");
    }

    [Theory]
    [InlineData(FailureKind.BadRequest)]
    [InlineData(FailureKind.ContextLength)]
    [InlineData(FailureKind.ContentPolicy)]
    [InlineData(FailureKind.CallerGone)]
    [InlineData(FailureKind.TotalTimeout)]
    [InlineData(FailureKind.Internal)]
    public void FaultsOfOthers_CountNeitherWay(FailureKind kind)
    {
        var state = State();
        for (var i = 0; i < 4; i++)
        {
            Call(state, FailureKind.ServerError);
        }

        for (var i = 0; i < 50; i++)
        {
            Call(state, kind);
        }

        state.IsAvailable.ShouldBeTrue();
        state.FailureRate.ShouldBe(1);
        Call(state, FailureKind.ServerError);
        state.IsAvailable.ShouldBeFalse("it did not count as a success either");
    }

    [Fact]
    public void AProbeWhoseCallerLeaves_GivesItsPlaceToTheNext()
    {
        var state = State();
        Eject(state);
        _time.Advance(TimeSpan.FromSeconds(30));
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
        _time.Advance(TimeSpan.FromSeconds(10));
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
        _time.Advance(TimeSpan.FromSeconds(30));
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
                    _time.Advance(TimeSpan.FromHours(2));
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
                _time.Advance(TimeSpan.FromSeconds(step % 40));
                break;
        }
    }
}
