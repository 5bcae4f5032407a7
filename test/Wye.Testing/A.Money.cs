using Wye.Catalog;
using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Primitives;

namespace Wye.Testing;

/// <content>Openings and budgets.</content>
public static partial class A
{
    /// <summary>A budget for everybody, in p$ per day.</summary>
    public static Budget Budget(string name = "all", long pico = 1_000, bool hard = true) =>
        new()
        {
            Name = name,
            Window = BudgetWindow.Day,
            Limit = new(pico),
            Hard = hard,
        };

    /// <summary>A call that may cost <paramref name="pico"/> at most, whatever its output.</summary>
    public static OpeningStep Opening(string request, int number, long pico, params BudgetShare[] shares) =>
        Opening(request, number, new CallBound(new(pico), Usd.Zero, 0, 0), shares);

    /// <summary>A call with that bound.</summary>
    public static OpeningStep Opening(string request, int number, CallBound? bound, params BudgetShare[] shares) =>
        new(
            new CallIntent
            {
                Request = new(request),
                Number = number,
                At = Moment,
                Key = new("key1"),
                Route = new("auto"),
                RequestedModel = "auto",
                Cause = "first",
                Model = new("small-model"),
                Deployment = new("provider/small-model"),
                Price = new Price(new(1), new(4)).Facts,
                Bound = bound,
            },
            [.. shares],
            []
        );

    /// <summary>A finished request that had openings, with one attempt per cost.</summary>
    public static LedgerRecord Settled(string request, params long?[] costs) =>
        LedgerRecord(request, costs) with
        {
            HasIntents = true,
        };
}
