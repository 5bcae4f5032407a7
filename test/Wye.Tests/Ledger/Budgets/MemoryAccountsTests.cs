using Wye.Testing;

namespace Wye.Ledger.Budgets;

public sealed class MemoryAccountsTests
{
    [Fact]
    public void WindowsThatAreOver_AreForgotten_AndTotalsAreNot()
    {
        var accounts = new MemoryAccounts();
        var (hour, total) = (
            A.Budget("hour") with
            {
                Window = BudgetWindow.Hour,
            },
            A.Budget("total") with
            {
                Window = BudgetWindow.Total,
            }
        );
        Spend("whole", total, A.Moment);
        for (var i = 0; i < 20_000; i++)
        {
            Spend($"r{i}", hour, A.Moment.AddHours(i));
        }

        accounts.Count.ShouldBeLessThan(6_000);
        var opening = A.Opening("again", 1, 1_000, new BudgetShare(total, ""));
        accounts.Take(opening, book: null);
        opening.Outcome!.Refusal.ShouldNotBeNull("what was spent of the total is still known");

        void Spend(string id, Budget budget, DateTimeOffset at)
        {
            var spending = A.Opening(id, 1, 10, new BudgetShare(budget, ""));
            accounts.Take(spending with { Intent = spending.Intent with { At = at } }, book: null);
            accounts.Take(A.Settled(id, 10), book: null);
        }
    }
}
