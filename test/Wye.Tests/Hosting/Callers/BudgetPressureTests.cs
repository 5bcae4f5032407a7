using Wye.Access;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Hosting.Callers;

public class BudgetPressureTests
{
    private static readonly DateTimeOffset TenthOfJune = new(2026, 6, 10, 0, 0, 0, TimeSpan.Zero);
    private readonly BudgetBook _book = new(new ManualTime());

    [Fact]
    public void WithoutABudget_EverythingIsLeft() =>
        BudgetPressure.Of(_book, BudgetSet.None, Spender(), TenthOfJune).ShouldBe((1.0, 1.0));

    [Fact]
    public void TheTightestBudgetCounts_PlainlyAndByTheTimeThatIsLeft()
    {
        var set = new BudgetSet([Month("wide", 100), Month("tight", 10)]);
        Spend("wide", 10);
        Spend("tight", 4);

        var (left, paced) = BudgetPressure.Of(_book, set, Spender(), TenthOfJune);

        // 60% of the budget for 21 of 30 days.
        left.ShouldBe(0.6, 1e-9);
        paced.ShouldBe(0.6 / 0.7, 1e-9);
    }

    [Fact]
    public void ABudgetAheadOfItsPace_CountsAsWhole()
    {
        Spend("b", 3);

        BudgetPressure.Of(_book, new BudgetSet([Month("b", 10)]), Spender(), TenthOfJune).ShouldBe((0.7, 1.0));
    }

    [Fact]
    public void AKeysOwnBudgets_CountToo_UnderOneNamePerPeriod()
    {
        var rules = new KeyRules { Budgets = [new(Usd.FromDollars(10), KeyBudgetPeriod.Month)] };
        var own = KeyBudgets.Of(rules);
        own.ShouldHaveSingleItem().Name.ShouldBe("key/month");
        Spend("key/month", 9, "k1");

        BudgetPressure.Of(_book, BudgetSet.None, Spender() with { Own = own }, TenthOfJune).Left.ShouldBe(0.1, 1e-9);
    }

    private static Budget Month(string name, decimal dollars) =>
        new() { Name = name, Limit = Usd.FromDollars(dollars) };

    private static BudgetSubject Spender() => new() { Key = new("k1"), Route = new("auto") };

    private void Spend(string name, decimal dollars, string spender = "")
    {
        var start = BudgetCalendar.At(BudgetWindow.Month, TimeZoneInfo.Utc, TenthOfJune).Start;
        _book.Note(
            new AccountId(name, spender, BudgetWindow.Month, start),
            new AccountBalance(Usd.FromDollars(dollars), Usd.Zero)
        );
    }
}
