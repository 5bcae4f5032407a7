using Wye.Primitives;
using Wye.Testing;

namespace Wye.Ledger.Budgets;

public sealed class BudgetBookTests
{
    private readonly ManualTime _time = new();

    private static BudgetSubject Subject(params string[] tags) =>
        new()
        {
            Key = new("k1"),
            Route = new("auto"),
            Tags = [.. tags],
            User = "ann",
        };

    private static Budget Of(string name, BudgetScope scope, decimal limit, params string[] of) =>
        new()
        {
            Name = name,
            Scope = scope,
            Of = [.. of],
            Limit = Usd.FromDollars(limit),
        };

    [Fact]
    public void TightestFraction_WithoutBudget_IsWhole() =>
        new BudgetBook(_time).TightestFraction(BudgetSet.None, Subject()).ShouldBe(1);

    [Fact]
    public void TightestFraction_IsThatOfTheBudgetWithLeastLeft_AndIgnoresReservations()
    {
        var (book, team) = (new BudgetBook(_time), Of("team", BudgetScope.Tag, 10m));
        var budgets = new BudgetSet([team, Of("all", BudgetScope.Global, 100m)]);
        book.Note(AccountId.At(new(team, "b"), _time.GetUtcNow()), new(Usd.FromDollars(7.5m), Usd.FromDollars(2m)));
        book.Note(AccountId.At(new(budgets.All[1], ""), _time.GetUtcNow()), new(Usd.FromDollars(50m), Usd.Zero));

        book.TightestFraction(budgets, Subject("a", "b")).ShouldBe(0.25);
        book.TightestFraction(budgets, Subject("a")).ShouldBe(0.5);
    }

    [Fact]
    public void TightestFraction_BeginsAnewWithTheNextWindow()
    {
        var (book, day) = (new BudgetBook(_time), Of("day", BudgetScope.Key, 1m) with { Window = BudgetWindow.Day });
        book.Note(AccountId.At(new(day, "k1"), _time.GetUtcNow()), new(Usd.FromDollars(1m), Usd.Zero));
        var budgets = new BudgetSet([day]);

        book.TightestFraction(budgets, Subject()).ShouldBe(0);
        _time.Advance(TimeSpan.FromDays(1));
        book.TightestFraction(budgets, Subject()).ShouldBe(1);
    }

    [Fact]
    public void Find_GivesEachBudgetThatApplies_AndNoOther()
    {
        var budgets = new BudgetSet([
            Of("all", BudgetScope.Global, 1m),
            Of("keys", BudgetScope.Key, 1m),
            Of("other-key", BudgetScope.Key, 1m, "k2"),
            Of("tags", BudgetScope.Tag, 1m),
            Of("users", BudgetScope.User, 1m, "ann", "bob"),
            Of("routes", BudgetScope.Route, 1m),
            Of("models", BudgetScope.Model, 1m),
            Of("providers", BudgetScope.Provider, 1m, "openai"),
            Of("runs", BudgetScope.Run, 1m),
        ]);
        var subject = Subject("x", "y", "x") with { Own = [Of("own", BudgetScope.Key, 1m)] };
        List<BudgetShare> shares = [];

        budgets.Find(subject, new ModelId("m"), new ProviderId("openai"), shares);

        shares
            .Select(share => $"{share.Budget.Name}={share.Spender}")
            .ShouldBe([
                "own=k1",
                "all=",
                "keys=k1",
                "tags=x",
                "tags=y",
                "users=ann",
                "routes=auto",
                "models=m",
                "providers=openai",
            ]);
    }

    [Fact]
    public void Find_KeepsLongNamesApartAndShort()
    {
        var budgets = new BudgetSet([Of("users", BudgetScope.User, 1m)]);
        List<BudgetShare> shares = [];

        budgets.Find(Subject() with { User = new string('u', 5_000) }, shares);
        budgets.Find(Subject() with { User = new string('u', 5_001) }, shares);

        shares[0].Spender.Length.ShouldBeLessThan(128);
        shares[0].Spender.ShouldNotBe(shares[1].Spender);
    }
}
