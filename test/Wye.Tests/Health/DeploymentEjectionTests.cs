using Wye.Primitives;
using Wye.Primitives.Randomness;
using Wye.Testing;

namespace Wye.Health;

/// <summary>What takes a deployment out of traffic, and for how long.</summary>
public class DeploymentEjectionTests : DeploymentStateWorld
{
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

        Time.Advance(TimeSpan.FromSeconds(29));
        state.FailureRate.ShouldBe(0.5);
        Time.Advance(TimeSpan.FromSeconds(1));
        state.FailureRate.ShouldBe(0);
    }

    [Fact]
    public void Cooldowns_AreSpreadByJitter_AndNeverLeaveTheirBounds()
    {
        var random = new SeededRandomSource(7);
        var buckets = new int[60];
        for (var i = 0; i < 1000; i++)
        {
            var state = new DeploymentState(Time, new HealthOptions(), random);
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
        Time.Advance(TimeSpan.FromSeconds(17));
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
}
