using Wye.Catalog;
using Wye.Chat;
using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

/// <summary>Budgets on the way of a request: before each call, after it, and when the store cannot be reached.</summary>
public sealed class BudgetTests
{
    // SomePrice: 1 unit per input token, 4 per output token; the prompt bound is 100 tokens.
    private const long Unit = 1_000_000;

    private readonly DeliveryWorld _world = new();
    private readonly RecentLedgerStore _store = new(capacity: 100);
    private readonly BudgetBook _book;
    private Exception? _fault;

    public BudgetTests()
    {
        _book = new BudgetBook(_world.Time);
        _world.Ledger.Keeper = step =>
        {
            if (_fault is not null)
            {
                throw _fault;
            }

            _store.Commit([step], _book);
        };
    }

    private static Budget Units(long units, BudgetScope scope = BudgetScope.Global, params string[] of) =>
        A.Budget("team", units * Unit) with
        {
            Scope = scope,
            Of = [.. of],
        };

    private AccountBalance Balance(Budget budget, string spender = "") =>
        _book.BalanceOf(AccountId.At(new(budget, spender), _world.Time.GetUtcNow()));

    [Fact]
    public async Task Call_IsOpenedBeforeItIsMade_AndSettledBeforeItsLastByte()
    {
        var budget = Units(1_000_000);
        _world.Models.Plan("a", Script.Answer("x"));

        var outcome = await DeliverAsync(Plan(Node("a")), budget);

        _world.Journal.ShouldBe(["open", "settle", "reply"]);
        outcome.Record.HasIntents.ShouldBeTrue();
        Balance(budget).ShouldBe(new(outcome.Cost, Usd.Zero));
        outcome.Cost.ShouldNotBe(Usd.Zero);
    }

    [Fact]
    public async Task CallThatDoesNotFit_IsRefused_AndSaysWhichBudgetWhatIsLeftAndWhenItResets()
    {
        var outcome = await DeliverAsync(Plan(Node("a")), Units(99, BudgetScope.Key));

        _world.Models.Calls.ShouldBeEmpty();
        outcome.Record.Request.Status.ShouldBe(402);
        outcome.Error!.Code.ShouldBe("budget_exceeded");
        var reset = _world.Time.GetUtcNow().UtcDateTime.Date.AddDays(1);
        outcome.Error.Message.ShouldBe(
            "Budget 'team' of key 'key' has 0.000099 of 0.000099 USD left today; this call may cost 0.004196 USD. "
                + $"It begins anew at {reset:yyyy-MM-dd}T00:00:00Z."
        );
    }

    [Fact]
    public async Task CallThatFitsWithLessOutput_IsBoundToIt_AndSaysSo()
    {
        _world.Models.Plan("a", Script.Answer("x"));

        var outcome = await DeliverAsync(Plan(Node("a")), Units(100 + (4 * 2_000)));

        _world.Models.Calls[0].Call.MaxOutputTokens.ShouldBe(2_000);
        outcome.Head.LoweredOutput.ShouldBe(2_000);
        outcome.Head.Why.ShouldContain("max_tokens lowered to 2000");
    }

    [Fact]
    public async Task BudgetOfAProvider_LeavesTheCallToAnotherProvider()
    {
        _world.Models.Plan("b", Script.Answer("x"));
        var other = Deployment("b") with { Provider = Deployment("b").Provider with { Id = new ProviderId("other") } };
        var budget = Units(10, BudgetScope.Provider, "test");

        var outcome = await DeliverAsync(Plan(Node(Deployment("a"), other)), budget);

        _world.Called.ShouldBe("b");
        outcome.Error.ShouldBeNull();
        outcome.Head.Why.ShouldContain("a over budget");
        _world.Health.Of(new("a")).InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task UnaffordableEdge_LeadsToACheaperModel()
    {
        _world.Models.Plan("cheap", Script.Answer("x"));
        var dear = Deployment("dear", new Price(new Usd(100 * Unit), new Usd(400 * Unit)));
        var plan = Plan(
            Node(dear) with
            {
                Edges = [new(EdgeEvent.Unaffordable, 1)],
                ExpectedCost = new Usd(100),
            },
            Node("cheap") with
            {
                ExpectedCost = new Usd(1),
            }
        );

        var outcome = await DeliverAsync(plan, Units(20_000));

        _world.Called.ShouldBe("cheap");
        outcome.Head.Why.ShouldBe("test; dear over budget -> cheap");
        outcome.Head.Degraded.ShouldBe("dear-model -> cheap-model");
    }

    [Fact]
    public async Task AStageThatIsPassedOverForMoney_ForADearerOne_IsNoDegradation()
    {
        _world.Models.Plan("better", Script.Answer("x"));
        var dear = Deployment("dear", new Price(new Usd(100 * Unit), new Usd(400 * Unit)));
        var plan = Plan(
            Node(dear) with
            {
                Edges = [new(EdgeEvent.Unaffordable, 1)],
                ExpectedCost = new Usd(1),
            },
            Node("better") with
            {
                ExpectedCost = new Usd(100),
            }
        );

        (await DeliverAsync(plan, Units(20_000))).Head.Degraded.ShouldBeNull();
    }

    [Fact]
    public async Task WhatTheLadderReplaced_IsSaidWithTheAnswer()
    {
        _world.Models.Plan("a", Script.Answer("x"));

        var outcome = await DeliverAsync(Plan(Node("a")) with { Degraded = "large -> small" }, Units(1_000_000));

        outcome.Head.Degraded.ShouldBe("large -> small");
    }

    [Fact]
    public async Task Retry_DoesNotHoldWhatTheFirstCallHeld()
    {
        // One call fits at a time: 100 + 4 × 1,100 = 4,500 of 5,000.
        var budget = Units(5_000);
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError));
        _world.Models.Plan("b", Script.Answer("x"));
        var plan = Chain("a", "b");

        var outcome = await DeliverAsync(plan, budget, maxOutputTokens: 1_100);

        outcome.Error.ShouldBeNull();
        _world.Called.ShouldBe("a b");
        _world.Models.Calls[1].Call.MaxOutputTokens.ShouldBeNull();
        Balance(budget).ShouldBe(new(outcome.Cost, Usd.Zero));
    }

    [Fact]
    public async Task UnknownPrice_IsNotCalled_WhereABudgetApplies()
    {
        var outcome = await DeliverAsync(Plan(Node(Deployment("a", unpriced: true))), Units(1_000_000));

        _world.Models.Calls.ShouldBeEmpty();
        outcome.Error!.Code.ShouldBe("price_unknown");
        outcome.Record.Request.Status.ShouldBe(402);
    }

    [Fact]
    public async Task UnknownPrice_IsCalled_WhereOnlyASoftBudgetApplies()
    {
        _world.Models.Plan("a", Script.Answer("x"));

        var outcome = await DeliverAsync(Plan(Node(Deployment("a", unpriced: true))), Units(1) with { Hard = false });

        outcome.Error.ShouldBeNull();
    }

    [Fact]
    public async Task SoftBudget_RefusesNothing_AndIsNamed()
    {
        _world.Models.Plan("a", Script.Answer("x"));

        var outcome = await DeliverAsync(Plan(Node("a")), Units(1) with { Hard = false });

        outcome.Error.ShouldBeNull();
        outcome.Head.Overrun.ShouldBe(["team"]);
    }

    [Theory]
    [InlineData(true, "budget_store_unavailable")]
    [InlineData(false, "ledger_unavailable")]
    public async Task StoreThatCannotBeReached_LetsNothingThrough_AndOwesTheRow(bool budgeted, string code)
    {
        _fault = new LedgerUnavailableException("locked");

        var outcome = await DeliverAsync(Chain("a", "b"), budgeted ? Units(1_000_000) : null);

        _world.Models.Calls.ShouldBeEmpty();
        outcome.Error!.Code.ShouldBe(code);
        outcome.Record.Request.Status.ShouldBe(503);
        _world.Ledger.Debts.ShouldHaveSingleItem().HasIntents.ShouldBeTrue();
        _world.Journal.ShouldNotContain("settle");
        _world.Health.Of(new("a")).InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task CallerWhoLeaves_HoldsNothing()
    {
        var budget = Units(1_000_000);
        _world.Models.Plan("a", Script.Answer("x"));
        await _world.Caller.CancelAsync();

        await DeliverAsync(Plan(Node("a")), budget);

        Balance(budget).Reserved.ShouldBe(Usd.Zero);
    }

    [Fact]
    public async Task SpenderWithItsOwnBudget_IsHeldToIt()
    {
        var spender = new BudgetSubject
        {
            Key = new("key"),
            Route = new("auto"),
            Own = [Units(50, BudgetScope.Key)],
        };
        var request = _world.Request(Plan(Node("a")), Asked(stream: false)) with { Spender = spender };

        var outcome = await _world.Delivery.DeliverAsync(request, _world.Sink, _world.Caller.Token);

        outcome.Error!.Code.ShouldBe("budget_exceeded");
    }

    private Task<Outcome> DeliverAsync(RoutePlan plan, Budget? budget, int? maxOutputTokens = null)
    {
        var request = _world.Request(plan, Asked(stream: false, maxOutputTokens));
        return _world
            .Delivery.DeliverAsync(
                budget is null ? request : request with { Budgets = new BudgetSet([budget]) },
                _world.Sink,
                _world.Caller.Token
            )
            .AsTask();
    }
}
