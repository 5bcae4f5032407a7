using System.Collections.Immutable;
using System.Globalization;
using Wye.Ledger.Judgements;
using Wye.Ledger.Reports;

namespace Wye.Cli.Reports;

/// <summary>What was spent in a range of days, seen from every side. Sums are exact, in p$.</summary>
internal sealed class SpendReport
{
    // What each tier shall take of the answered requests, cheapest first.
    private static readonly (double Least, double Most)[] ThreeTiers = [(0.70, 0.80), (0.15, 0.25), (0.02, 0.05)];

    private readonly IReadOnlyList<SpendRow> _spend;
    private readonly IReadOnlyList<CallRow> _calls;

    /// <param name="from">First day.</param>
    /// <param name="until">The day after the last.</param>
    /// <param name="spend">Sums over requests.</param>
    /// <param name="calls">Sums over calls.</param>
    /// <param name="keyName">What people call a key.</param>
    /// <param name="tierOrder">Tiers, cheapest first, as far as they are known.</param>
    public SpendReport(
        DateOnly from,
        DateOnly until,
        IReadOnlyList<SpendRow> spend,
        IReadOnlyList<CallRow> calls,
        Func<string, string> keyName,
        IReadOnlyList<string> tierOrder
    )
    {
        (From, Until, _spend, _calls) = (from, until, spend, calls);
        ByDay = [.. Days()];
        ByRoute = Groups(row => row.Route.Value);
        ByKey = Groups(row => keyName(row.Key.Value));
        ByModel = Calls(call => call.Model.Value);
        ByRole = Calls(RoleOf);
        ByTier = [.. Tiers(tierOrder)];
    }

    public DateOnly From { get; }

    public DateOnly Until { get; }

    public ImmutableArray<ReportGroup> ByDay { get; }

    public ImmutableArray<ReportGroup> ByRoute { get; }

    public ImmutableArray<ReportGroup> ByKey { get; }

    /// <summary>By the model called, so that retries, routers and verifiers are where they were paid.</summary>
    public ImmutableArray<ReportGroup> ByModel { get; }

    /// <summary>Answers, routers, verifiers.</summary>
    public ImmutableArray<ReportGroup> ByRole { get; }

    /// <summary>Answered requests by tier, cheapest first.</summary>
    public ImmutableArray<TierShare> ByTier { get; }

    /// <summary>How answers were judged, by the day of the judgement.</summary>
    public IReadOnlyList<JudgedModel> Judged { get; init; } = [];

    public long Requests => _spend.Sum(row => row.Requests);

    public long Failed => _spend.Sum(row => row.Failed);

    public long Estimated => _spend.Sum(row => row.Estimated);

    public long Unpriced => _spend.Sum(row => row.Unpriced);

    public long Incomparable => _spend.Sum(row => row.Incomparable);

    public long Corrections => _spend.Sum(row => row.Corrections);

    /// <summary>What corrections add up to; part of <see cref="Cost"/>.</summary>
    public Int128 Corrected => Sum(row => row.Corrected);

    public Int128 Cost => Sum(row => row.Cost);

    public (Int128 Low, Int128 Expected, Int128 High) Saved =>
        (Sum(row => row.SavedLow), Sum(row => row.Saved), Sum(row => row.SavedHigh));

    /// <summary>What the cheapest model for each request would have cost, and what was paid for those.</summary>
    public (Int128 Would, Int128 Paid) Cheapest => (Sum(row => row.Cheapest), Sum(row => row.PaidWhereCheapest));

    /// <summary>What the policies before would have cost, and what was paid for those.</summary>
    public (Int128 Low, Int128 Would, Int128 High, Int128 Paid) Previous =>
        (
            Sum(row => row.PreviousLow),
            Sum(row => row.Previous),
            Sum(row => row.PreviousHigh),
            Sum(row => row.PaidWherePrevious)
        );

    private Int128 Sum(Func<SpendRow, Int128> part) => _spend.Aggregate(Int128.Zero, (sum, row) => sum + part(row));

    // Days without a request are lines too, so that a picture does not hide a gap.
    private IEnumerable<ReportGroup> Days()
    {
        var byDay = _spend.ToLookup(row => row.Day);
        for (var day = From; day < Until; day = day.AddDays(1))
        {
            yield return Group(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), byDay[day]);
        }
    }

    private ImmutableArray<ReportGroup> Groups(Func<SpendRow, string> name) =>
        [
            .. _spend
                .GroupBy(name, StringComparer.Ordinal)
                .Select(rows => Group(rows.Key, rows))
                .OrderByDescending(group => group.Cost)
                .ThenBy(group => group.Name, StringComparer.Ordinal),
        ];

    private static ReportGroup Group(string name, IEnumerable<SpendRow> rows)
    {
        var group = new ReportGroup(name, 0, 0);
        foreach (var row in rows)
        {
            group = group with
            {
                Requests = group.Requests + row.Requests,
                Failed = group.Failed + row.Failed,
                Cost = group.Cost + row.Cost,
                Saved = group.Saved + row.Saved,
            };
        }

        return group;
    }

    private ImmutableArray<ReportGroup> Calls(Func<CallRow, string> name) =>
        [
            .. _calls
                .GroupBy(name, StringComparer.Ordinal)
                .Select(rows => new ReportGroup(
                    rows.Key,
                    rows.Sum(row => row.Calls),
                    rows.Aggregate(Int128.Zero, (sum, row) => sum + row.Cost)
                ))
                .OrderByDescending(group => group.Cost)
                .ThenBy(group => group.Name, StringComparer.Ordinal),
        ];

    private static string RoleOf(CallRow call) =>
        call.Cause switch
        {
            "classify" => "router",
            "judge" or "sample" => "verifier",
            "retry" or "fallback" => "retries and fallbacks",
            _ => "answers",
        };

    private IEnumerable<TierShare> Tiers(IReadOnlyList<string> order)
    {
        var answered = _spend.Where(row => row.Tier.Length > 0).ToList();
        var all = answered.Sum(row => row.Requests);
        var names = order
            .Concat(answered.Select(row => row.Tier).Order(StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        for (var i = 0; i < names.Count; i++)
        {
            var count = answered
                .Where(row => string.Equals(row.Tier, names[i], StringComparison.Ordinal))
                .Sum(row => row.Requests);
            yield return new TierShare(names[i], count, all == 0 ? 0 : (double)count / all)
            {
                Target = names.Count == ThreeTiers.Length ? ThreeTiers[i] : null,
            };
        }
    }
}
