using Wye.Ledger;
using Wye.Simulator.Billing;

namespace Wye.Gateway.Gates;

/// <summary>Compares what the ledger says of one request with what its upstream billed.</summary>
internal static class BillCheck
{
    /// <summary>What differs; empty = nothing. An estimated row may differ, a row that is missing may not.</summary>
    public static IReadOnlyList<string> Differences(LedgerRecord record, IReadOnlyList<BillLine> lines)
    {
        var found = new List<string>();
        var rows = record.Attempts.ToDictionary(row => $"{row.Request.Value}-{row.Number}", StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (!rows.Remove(line.RequestId, out var row))
            {
                found.Add($"{line.RequestId} is billed and has no row");
            }
            else if (!row.Estimated && row.Cost!.Value.PicoDollars != (long)line.PicoUsd)
            {
                found.Add($"{line.RequestId} is billed {line.PicoUsd} p$, recorded {row.Cost.Value.PicoDollars} p$");
            }
        }

        found.AddRange(
            rows.Where(pair => !pair.Value.Estimated && pair.Value.Cost!.Value.PicoDollars != 0)
                .Select(pair => $"{pair.Key} is recorded and not billed")
        );
        if (record.Request.Cost.PicoDollars != record.Attempts.Sum(row => row.Cost!.Value.PicoDollars))
        {
            found.Add("the request is not the sum of its rows");
        }

        return found;
    }
}
