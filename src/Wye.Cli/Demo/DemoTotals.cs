using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Cli.Demo;

/// <summary>What a demo run adds up to.</summary>
internal sealed record DemoTotals
{
    /// <summary>Factor that a team should expect from routing easy traffic; a miss is said, not tuned away.</summary>
    public const double SavingsGoal = 5;

    /// <summary>Prompts answered.</summary>
    public required int Answered { get; init; }

    /// <summary>Prompts that failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Cost as routed, in the ledger's exact amounts.</summary>
    public required Usd Cost { get; init; }

    /// <summary>The same tokens at the strong model's price.</summary>
    public required Usd StrongCost { get; init; }

    /// <summary>The same tokens at the cheapest model's price.</summary>
    public required Usd CheapCost { get; init; }

    /// <summary>Right answers as routed.</summary>
    public required int Right { get; init; }

    /// <summary>Right answers had the strong model answered all.</summary>
    public required int StrongRight { get; init; }

    /// <summary>Right answers had the cheapest model answered all.</summary>
    public required int CheapRight { get; init; }

    /// <summary>The same tokens at the prices of the models that the learned router would have chosen; null = it abstained.</summary>
    public Usd? LearnedCost { get; init; }

    /// <summary>Right answers had these models answered.</summary>
    public int LearnedRight { get; init; }

    /// <summary>Requests by tier.</summary>
    public required ImmutableSortedDictionary<string, int> ByTier { get; init; }

    /// <summary>Median time of a decision, in microseconds.</summary>
    public required double MedianDecisionMicroseconds { get; init; }

    /// <summary>Sum of the ledger in p$, as the gateway says.</summary>
    public required Int128 LedgerPicoDollars { get; init; }

    /// <summary>Sum of the bill in p$, as the Simulator says.</summary>
    public required Int128 BillPicoDollars { get; init; }

    /// <summary>How many times cheaper than all-strong; 0 when nothing was paid.</summary>
    public double Factor => Cost == Usd.Zero ? 0 : (double)(StrongCost.ToDollars() / Cost.ToDollars());

    /// <summary>Right answers per right answer of the strong model, 0 or more; 0 when it gives none.</summary>
    public double QualityKept => StrongRight == 0 ? 0 : (double)Right / StrongRight;

    /// <summary>Whether ledger and bill are the same to the pico-dollar.</summary>
    public bool Balanced => LedgerPicoDollars == BillPicoDollars;

    /// <summary>Adds up.</summary>
    public static DemoTotals Of(ImmutableArray<DemoRow> rows, Int128 ledger, Int128 bill)
    {
        var cheap = DemoModels.PriceOf(DemoModels.Small);
        var strong = DemoModels.PriceOf(DemoModels.Large);
        var facts = rows.Select(row => row.Facts).OfType<LedgerFacts>().ToList();
        return new DemoTotals
        {
            Answered = facts.Count,
            Failed = rows.Length - facts.Count,
            Cost = Sum(facts, fact => fact.Cost),
            StrongCost = Sum(facts, fact => fact.StrongCost ?? strong.CostOf(fact.Usage)),
            CheapCost = Sum(facts, fact => cheap.CostOf(fact.Usage)),
            Right = rows.Count(row => row.Right),
            StrongRight = rows.Count(row => row.StrongRight),
            CheapRight = rows.Count(row => row.CheapRight),
            LearnedCost =
                facts.Count > 0 && rows.All(row => row.Facts is null || row.LearnedModel is not null)
                    ? rows.Where(row => row.Facts is not null)
                        .Aggregate(
                            Usd.Zero,
                            (sum, row) => sum + DemoModels.PriceOf(row.LearnedModel!).CostOf(row.Facts!.Usage)
                        )
                    : null,
            LearnedRight = rows.Count(row => row.LearnedRight),
            ByTier = facts.CountBy(fact => fact.Tier).ToImmutableSortedDictionary(StringComparer.Ordinal),
            MedianDecisionMicroseconds = Median(facts.ConvertAll(fact => fact.DecisionMicroseconds)),
            LedgerPicoDollars = ledger,
            BillPicoDollars = bill,
        };
    }

    private static Usd Sum(List<LedgerFacts> facts, Func<LedgerFacts, Usd> amount) =>
        facts.Aggregate(Usd.Zero, (sum, fact) => sum + amount(fact));

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? 0 : values[values.Count / 2];
    }
}
