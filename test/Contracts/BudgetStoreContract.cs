using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Contracts;

/// <summary>What every ledger store that keeps budgets must do; one class per implementation runs it.</summary>
public abstract class BudgetStoreContract : IAsyncLifetime
{
    private readonly List<AccountId> _passed = [];
    private readonly BudgetBook _book;

    protected BudgetStoreContract() =>
        _book = new(new ManualTime()) { SoftLimitPassed = (account, _) => _passed.Add(account) };

    protected ILedgerStore Store { get; private set; } = null!;

    protected abstract ILedgerStore Open();

    public ValueTask InitializeAsync()
    {
        Store = Open();
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public void Store_SaysThatItKeepsBudgets() => Store.KeepsBudgets.ShouldBeTrue();

    [Fact]
    public void Opening_HoldsItsAmount_AndSettlementTurnsItIntoWhatWasSpent()
    {
        var budget = A.Budget(pico: 1_000);

        Reserve("a", 1, 600, budget).Amount.ShouldBe(new Usd(600));
        Balance(budget).ShouldBe(new(new(0), new(600)));

        Commit(A.Settled("a", 250));
        Balance(budget).ShouldBe(new(new(250), new(0)));
    }

    [Fact]
    public void Opening_ThatDoesNotFit_IsRefused_SaysWhy_AndHoldsNothing()
    {
        var budget = A.Budget(pico: 1_000);
        Reserve("a", 1, 600, budget);

        var refusal = Reserve("b", 1, 401, budget).Refusal!;

        refusal.Share.Budget.Name.ShouldBe("all");
        refusal.Left.ShouldBe(new Usd(400));
        refusal.Needed.ShouldBe(new Usd(401));
        refusal.ResetsAt.ShouldBe(new DateTimeOffset(A.Moment.UtcDateTime.Date.AddDays(1), TimeSpan.Zero));
        Balance(budget).ShouldBe(new(new(0), new(600)));
        Reserve("c", 1, 400, budget).Refusal.ShouldBeNull();
    }

    [Fact]
    public void OpeningsOfOneBatch_SeeEachOther()
    {
        var share = new BudgetShare(A.Budget(pico: 1_000), "");
        OpeningStep[] openings = [.. Enumerable.Range(0, 12).Select(i => A.Opening($"r{i}", 1, 100, share))];

        Store.Commit(openings, _book);

        openings.Count(opening => opening.Outcome!.Refusal is null).ShouldBe(10);
        Balance(share.Budget).ShouldBe(new(new(0), new(1_000)));
    }

    [Fact]
    public void SoftLimit_IsToldOnce_WhenMoreWasSpent_NotWhenMoreIsHeld()
    {
        var soft = A.Budget("soft", 100, hard: false);
        Reserve("a", 1, 600, soft).Overrun.ShouldBe(["soft"]);
        Commit(A.Settled("a", 100));
        _passed.ShouldBeEmpty("all of it is not more than it");

        Reserve("b", 1, 600, soft);
        Commit(A.Settled("b", 1));
        Reserve("c", 1, 600, soft);
        Commit(A.Settled("c", 50));

        _passed.ShouldBe([AccountId.At(new(soft, ""), A.Moment)]);
    }

    [Fact]
    public void HardLimit_IsNeverToldAsASoftOne()
    {
        var hard = A.Budget("hard", 100);
        Reserve("a", 1, 100, hard);
        Commit(A.Settled("a", 900));

        _passed.ShouldBeEmpty();
    }

    [Fact]
    public void Opening_MustFitEveryHardBudget_AndIsMarkedForASoftOne()
    {
        var (wide, tight) = (A.Budget("wide", 1_000), A.Budget("tight", 300));
        var soft = A.Budget("soft", 100, hard: false);

        Reserve("a", 1, 400, wide, tight, soft).Refusal!.Share.Budget.Name.ShouldBe("tight");
        Balance(wide).ShouldBe(default);

        Reserve("b", 1, 200, wide, tight, soft).Overrun.ShouldBe(["soft"]);
        (Balance(wide), Balance(tight), Balance(soft)).ShouldBe(
            (new(new(0), new(200)), new(new(0), new(200)), new(new(0), new(200)))
        );
    }

    [Fact]
    public void Opening_LowersTheOutputUntilItFits_ButNotBelowTheLeast()
    {
        var budget = A.Budget(pico: 10_000);
        var bound = new CallBound(new(2_000), new(4), 4_096, 1_024);

        var lowered = Reserve("a", 1, bound, budget);
        lowered.OutputTokens.ShouldBe(2_000);
        lowered.Amount.ShouldBe(new Usd(10_000));
        Commit(A.Settled("a", 4_000));

        // 6,000 left: (6,000 − 2,000) / 4 = 1,000 < 1,024.
        Reserve("b", 1, bound, budget).Refusal!.Needed.ShouldBe(new Usd(2_000 + (4 * 1_024)));
    }

    [Fact]
    public void NextOpening_ReplacesWhatAnEndedCallHeld_BeforeItIsDecided()
    {
        var budget = A.Budget(pico: 1_000);
        Reserve("a", 1, 900, budget);
        var next = A.Opening("a", 2, 900, new BudgetShare(budget, "")) with
        {
            Ended = [new EndedCall(1, new(100), Estimated: false)],
        };

        Store.Commit([next], _book);

        next.Outcome!.Refusal.ShouldBeNull();
        Balance(budget).ShouldBe(new(new(100), new(900)));
        Commit(A.Settled("a", 100, 300));
        Balance(budget).ShouldBe(new(new(400), new(0)));
    }

    [Fact]
    public void Settlement_ReleasesACallThatWasOpenedAndNeverMade()
    {
        var budget = A.Budget(pico: 1_000);
        Reserve("a", 1, 900, budget);

        Commit(A.Settled("a"));

        Balance(budget).ShouldBe(default);
    }

    [Fact]
    public void Spenders_AndWindows_AreApart()
    {
        var budget = A.Budget("keys", 1_000) with { Scope = BudgetScope.Key };
        Store.Commit([A.Opening("a", 1, 1_000, new BudgetShare(budget, "k1"))], _book);

        Refused(A.Opening("b", 1, 1, new BudgetShare(budget, "k1"))).ShouldBeTrue();
        Refused(A.Opening("c", 1, 1_000, new BudgetShare(budget, "k2"))).ShouldBeFalse();
        var tomorrow = A.Opening("d", 1, 1_000, new BudgetShare(budget, "k1"));
        Refused(tomorrow with { Intent = tomorrow.Intent with { At = A.Moment.AddDays(1) } }).ShouldBeFalse();

        // A clock set back finds the old window as it was left.
        Refused(A.Opening("e", 1, 1, new BudgetShare(budget, "k1"))).ShouldBeTrue();
    }

    [Fact]
    public void RefusedBatch_ChangesNoBalance()
    {
        var budget = A.Budget(pico: 1_000);
        Commit(A.Settled("twice", 1));

        Should.Throw<ArgumentException>(() =>
            Store.Commit([A.Settled("twice", 1), A.Opening("a", 1, 600, new BudgetShare(budget, ""))], _book)
        );

        Balance(budget).ShouldBe(default);
        Reserve("a", 1, 1_000, budget).Refusal.ShouldBeNull();
    }

    [Fact]
    public void ChangedLimit_ForgetsNothing()
    {
        Reserve("a", 1, 900, A.Budget(pico: 1_000));
        Commit(A.Settled("a", 900));

        Reserve("b", 1, 200, A.Budget(pico: 1_050)).Refusal!.Left.ShouldBe(new Usd(150));
    }

    private bool Refused(OpeningStep opening)
    {
        Store.Commit([opening], _book);
        return opening.Outcome!.Refusal is not null;
    }

    private Reservation Reserve(string request, int number, long pico, params Budget[] budgets) =>
        Reserve(request, number, new CallBound(new(pico), Usd.Zero, 0, 0), budgets);

    private Reservation Reserve(string request, int number, CallBound bound, params Budget[] budgets)
    {
        var opening = A.Opening(request, number, bound, [.. budgets.Select(budget => new BudgetShare(budget, ""))]);
        Store.Commit([opening], _book);
        return opening.Outcome!;
    }

    private void Commit(LedgerRecord record) => Store.Commit([record], _book);

    private AccountBalance Balance(Budget budget) => _book.BalanceOf(AccountId.At(new(budget, ""), A.Moment));
}
