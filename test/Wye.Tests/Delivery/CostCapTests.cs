using FsCheck;
using FsCheck.Fluent;
using Wye.Catalog;
using Wye.Chat;
using Wye.Delivery.Attempts.Metering;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

public class CostCapTests
{
    private readonly DeliveryWorld _world = new();

    // SomePrice: 1 unit per input token, 4 per output token; the prompt bound is 100 tokens.
    private static Usd Units(long units) => new(units * 1_000_000);

    private static PlanNode Capped(long units, params Deployment[] deployments) =>
        Node(deployments) with
        {
            CostCap = Units(units),
        };

    [Fact]
    public async Task ACapThatFits_ChangesNothing()
    {
        _world.Models.Plan("a", Script.Answer("x"));
        await _world.Deliver(Plan(Capped(100 + (4 * 4096), Deployment("a"))));
        _world.Models.Calls[0].Call.MaxOutputTokens.ShouldBeNull();
    }

    [Fact]
    public async Task ATighterCap_LowersTheOutputToTheMostThatFits_AndSaysSo()
    {
        _world.Models.Plan("a", Script.Answer("x"));
        var outcome = await _world.Deliver(Plan(Capped(100 + (4 * 2000) + 3, Deployment("a"))));
        _world.Models.Calls[0].Call.MaxOutputTokens.ShouldBe(2000);
        outcome.Head.Why.ShouldBe("test; max_tokens lowered to 2000");
    }

    [Fact]
    public async Task BelowTheLeastOutput_TheUnaffordableEdgeIsFollowed()
    {
        _world.Models.Plan("a", Script.Answer("x"));
        _world.Models.Plan("b", Script.Answer("cheaper"));
        var cap = 100 + (4 * 1024) - 1;
        var plan = Plan(Capped(cap, Deployment("a")) with { Edges = [new(EdgeEvent.Unaffordable, 1)] }, Node("b"));
        var outcome = await _world.Deliver(plan);
        _world.Called.ShouldBe("b");
        _world.Sink.Text.ShouldBe("cheaper");
        outcome.Head.Why.ShouldBe("test; a unaffordable -> b");
        _world.Causes.ShouldBe("first");
        _world.Forget();
        await _world.Deliver(Plan(Capped(cap + 1, Deployment("a"))));
        _world.Models.Calls[0].Call.MaxOutputTokens.ShouldBe(1024);
    }

    [Fact]
    public async Task WithoutAnEdge_TheCapRefuses()
    {
        var outcome = await _world.Deliver(Plan(Capped(99, Deployment("a"))));
        outcome.Error!.Kind.ShouldBe(FailureKind.BudgetExceeded);
        outcome.Record.Request.Status.ShouldBe(402);
        _world.Models.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task AShortAnswerThatWasAskedFor_NeedsNoMore()
    {
        _world.Models.Plan("a", Script.Answer("x"));
        await _world.Deliver(Plan(Capped(100 + (4 * 50), Deployment("a"))), Asked(stream: false, maxOutputTokens: 50));
        _world.Models.Calls[0].Call.MaxOutputTokens.ShouldBeNull();
    }

    [Fact]
    public async Task AnUnknownPrice_FitsNoCap()
    {
        var outcome = await _world.Deliver(Plan(Capped(1_000_000, Deployment("a", unpriced: true))));
        outcome.Error!.Kind.ShouldBe(FailureKind.BudgetExceeded);
    }

    [Fact]
    public async Task ADearDeployment_LeavesTheCallToACheaperOne()
    {
        _world.Models.Plan("cheap", Script.Answer("x"));
        var dear = Deployment("dear", new Price(Units(100), Units(400)));
        await _world.Deliver(Plan(Capped(20_000, dear, Deployment("cheap"))));
        _world.Called.ShouldBe("cheap");
    }

    [Fact]
    public async Task TheBestSoFar_IsDeliveredWhenTheRestIsUnaffordable()
    {
        var plan = Plan(
            Node("a") with
            {
                Edges = [new(EdgeEvent.Passed, 1)],
            },
            Capped(1, Deployment("b")) with
            {
                Edges = [new(EdgeEvent.Unaffordable, PlanEnd.BestSoFar)],
            }
        );
        _world.Models.Plan("a", Script.Answer("good"));
        var outcome = await _world.Deliver(plan);
        _world.Sink.Text.ShouldBe("good");
        outcome.Head.Why.ShouldBe("test; b unaffordable -> a; best so far");
    }

    [Fact]
    public async Task WhatTheCallerGivesToReasonIn_IsNotLowered()
    {
        _world.Models.Plan("a", Script.Answer("x"));
        _world.Models.Plan("b", Script.Answer("cheaper"));
        var cap = 100 + (4 * (7_000 + 1_024)) - 1;
        var asked = Asked(stream: false, maxOutputTokens: 16_000, reasoningBudget: 7_000);
        var plan = Plan(Capped(cap, Deployment("a")) with { Edges = [new(EdgeEvent.Unaffordable, 1)] }, Node("b"));

        await _world.Deliver(plan, asked);
        _world.Called.ShouldBe("b");
        _world.Forget();

        await _world.Deliver(Plan(Capped(cap + 1, Deployment("a"))), asked);
        _world.Models.Calls[0].Call.MaxOutputTokens.ShouldBe(8_024);
    }

    [Fact]
    public void NoCallThatFits_CanCostMoreThanItsCap() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<(uint, ushort, ushort)>(),
                ArbMap.Default.ArbFor<(ushort, ushort, bool)>(),
                (first, second) =>
                {
                    var (cap, input, output) = (new Usd(first.Item1 * 10L), first.Item2, first.Item3);
                    var price = new Price(new Usd(input), new Usd(output), CacheWrite: new Usd(input + (input / 4)));
                    _world.PromptTokenBound = second.Item1;
                    var asked = Asked(stream: false, maxOutputTokens: second.Item3 ? second.Item2 : null);
                    var request = _world.Request(Plan(Node("a")), asked);
                    var deployment = Deployment("a", price);
                    if (!CostBound.TryFit(cap, deployment, request, least: 1024, out var lowered))
                    {
                        return;
                    }

                    var most = lowered ?? asked.MaxOutputTokens ?? deployment.Model.MaxOutputTokens;
                    var worst = new Usage { CacheWriteTokens = second.Item1, OutputTokens = most };
                    price.CostOf(worst).ShouldBeLessThanOrEqualTo(cap);
                    (lowered ?? 1024).ShouldBeGreaterThanOrEqualTo(1024);
                    if (lowered is { } bound)
                    {
                        price
                            .CostOf(worst with { OutputTokens = bound + 1 })
                            .ShouldBeGreaterThan(cap, "it is the largest");
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void SeveralChoices_AreBoundedAtTheirMost()
    {
        var request = _world.Request(Plan(Node("a")), Asked(stream: false, 10, ChatFeatures.ManyChoices));
        CostBound.TryFit(Units(100 + (4 * 10 * 128)), Deployment("a"), request, 1024, out _).ShouldBeTrue();
        CostBound.TryFit(Units(100 + (4 * 10 * 127)), Deployment("a"), request, 1024, out _).ShouldBeFalse();
    }
}
