using System.Globalization;

namespace Wye.Cli.Reports;

/// <summary>What a report says in words, on a terminal and on a page alike.</summary>
internal static class ReportWords
{
    /// <summary>Savings with their uncertainty, comparisons, and what the figures leave out.</summary>
    public static IEnumerable<string> Lines(SpendReport report)
    {
        var (low, expected, high) = report.Saved;
        yield return $"saved {Amount.Text(expected)} against each route's strong model, between {Amount.Text(low)} and {Amount.Text(high)}: "
            + "failed requests, retries and verifiers count against it";
        var (would, paid) = report.Cheapest;
        if (would != 0 || paid != 0)
        {
            yield return $"the cheapest model for each request would have cost {Amount.Text(would)} where {Amount.Text(paid)} was paid";
        }

        var previous = report.Previous;
        if (previous.Would != 0)
        {
            yield return $"the policies before would have cost {Amount.Text(previous.Would)} ({Amount.Text(previous.Low)} to {Amount.Text(previous.High)}) where {Amount.Text(previous.Paid)} was paid";
        }

        if (report.Estimated > 0)
        {
            yield return $"{Count(report.Estimated)} requests with estimated usage";
        }

        if (report.Unpriced > 0)
        {
            yield return $"{Count(report.Unpriced)} requests with a call of unknown price: the cost is a lower bound";
        }

        if (report.Corrections > 0)
        {
            yield return $"{Count(report.Corrections)} corrections of {Amount.Text(report.Corrected)} in all are part of these figures; 'wye ledger corrections' lists them";
        }

        if (report.Incomparable > 0)
        {
            yield return $"{Count(report.Incomparable)} answered requests have no strong model with a known price: they are in no saving";
        }
    }

    /// <summary>A tier's target, e.g. <c>70–80 %</c>.</summary>
    public static string Target(TierShare tier) =>
        tier.Target is { } target
            ? string.Create(CultureInfo.InvariantCulture, $"{target.Least * 100:0}–{target.Most * 100:0} %")
            : "";

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
