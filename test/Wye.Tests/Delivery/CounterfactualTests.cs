using Wye.Chat;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

/// <summary>What a request would have cost elsewhere, and what is called saved.</summary>
public class CounterfactualTests
{
    private static readonly Usage Used = new() { InputTokens = 100, OutputTokens = 50 };
    private readonly DeliveryWorld _world = new();

    [Fact]
    public async Task Strong_IsARange_AroundWhatTheSameTokensWouldHaveCost()
    {
        _world.Models.Plan("a", Script.Answer("x", Used));

        await _world.Deliver(Chain("a"));

        var range = _world.Record.Request.Counterfactual!.Strong!.Value;
        range.Expected.ShouldBe(_world.Record.Request.StrongCost!.Value);
        range.Low.ShouldBe(new Usd((85 * 10_000_000L) + (25 * 40_000_000L)));
        range.High.ShouldBe(new Usd((115 * 10_000_000L) + (100 * 40_000_000L)));
        range.IsExact.ShouldBeFalse();
    }

    [Fact]
    public async Task High_LosesWhatTheOtherModelCouldNotHaveHadCached()
    {
        var usage = new Usage { CacheReadTokens = 1_000, OutputTokens = 10 };
        _world.Models.Plan("a", Script.Answer("x", usage));

        await _world.Deliver(Chain("a"));

        _world.Record.Request.Counterfactual!.Strong!.Value.High.ShouldBe(
            new Usd((1_150 * 10_000_000L) + (20 * 40_000_000L))
        );
    }

    [Fact]
    public async Task Saved_CountsFailedCallsAgainstWye()
    {
        // The failed call was billed: it is paid, but no part of what strong would have cost.
        _world.Models.Plan("a", Script.Answer("x", Used));
        var alone = (await _world.Deliver(Chain("a"))).Saved!.Value;

        alone.ShouldBe(_world.Record.Request.StrongCost!.Value - _world.Record.Request.Cost);
    }

    [Fact]
    public void Saved_OfAFailedRequest_IsAllItCost_Negative() =>
        (Entry() with { Cost = new Usd(7), Failure = FailureKind.StreamCut }).Saved.ShouldBe(new Usd(-7));

    [Fact]
    public void Saved_OfAnAnswerThatCannotBeCompared_IsUnknown() =>
        (Entry() with { Cost = new Usd(7) }).Saved.ShouldBeNull();

    [Fact]
    public void Saved_IsNegative_WhenRoutingCostMore() =>
        (Entry() with { Cost = new Usd(9), StrongCost = new Usd(4) }).Saved.ShouldBe(new Usd(-5));

    [Fact]
    public async Task AFailedRequest_HasNoCounterfactual()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.BadRequest, 400));

        var outcome = await _world.Deliver(Chain("a"));

        _world.Record.Request.Counterfactual.ShouldBeNull();
        outcome.Saved.ShouldBe(Usd.Zero - _world.Record.Request.Cost);
    }

    private static RequestEntry Entry() =>
        new()
        {
            Id = new("r"),
            At = A.Moment,
            Key = new("k"),
            Route = new("auto"),
            RequestedModel = "auto",
            Why = "",
        };
}
