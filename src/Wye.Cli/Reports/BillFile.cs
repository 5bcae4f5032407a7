using System.Globalization;
using System.Text;
using Wye.Catalog;
using Wye.Primitives;

namespace Wye.Cli.Reports;

/// <summary>Reads a provider's bill from CSV: a day, a model and a cost per line, under any of their usual headers.</summary>
internal static class BillFile
{
    private const int MostBytes = 64 << 20;
    private static readonly string[] Days =
    [
        "day",
        "date",
        "usage_date",
        "usage_date_utc",
        "start_date",
        "start_time",
        "start_time_iso",
        "timestamp",
    ];
    private static readonly string[] Models =
    [
        "model",
        "model_id",
        "model_name",
        "model_version",
        "snapshot_id",
        "line_item",
    ];
    private static readonly string[] Costs =
    [
        "cost_usd",
        "cost",
        "amount_usd",
        "amount",
        "amount_value",
        "total_cost",
        "total_cost_usd",
        "usd",
        "cost_in_usd",
    ];

    /// <summary>Lines of the bill, of one day and model summed.</summary>
    /// <exception cref="CliFailureException">It cannot be read; the message names the line and the column.</exception>
    public static IReadOnlyList<BillRow> Read(string path, string shown)
    {
        if (!File.Exists(path))
        {
            throw new CliFailureException($"There is no file '{shown}'.", ExitCodes.Usage);
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            throw new CliFailureException($"'{shown}' is larger than 64 MiB. Split it by month.");
        }

        var records = Csv.Read(File.ReadAllText(path, Encoding.UTF8));
        if (records.Count == 0)
        {
            throw new CliFailureException($"'{shown}' is empty.");
        }

        var header = records[0].Fields.Select(Normal).ToList();
        var (day, model, cost) = (
            Find(header, Days, shown, "day"),
            Find(header, Models, shown, "model"),
            Find(header, Costs, shown, "cost_usd")
        );
        var sums = new SortedDictionary<(DateOnly, string), Int128>();
        foreach (var (line, fields) in records.Skip(1))
        {
            if (fields is [""])
            {
                continue;
            }

            var at = $"{shown}:{line}";
            if (fields.Count != header.Count)
            {
                throw new CliFailureException($"{at}: {fields.Count} fields under {header.Count} headers.");
            }

            var key = (Day(fields[day], at), ModelOf(fields[model]));
            sums[key] = sums.GetValueOrDefault(key) + Money(fields[cost], at);
        }

        return [.. sums.Select(sum => new BillRow(sum.Key.Item1, sum.Key.Item2, sum.Value))];
    }

    /// <summary>A model as the catalog names it: bills often say <c>gpt-4o-2024-08-06</c>.</summary>
    public static string ModelOf(string text) => BuiltInCatalog.FindModel(text.Trim())?.Id.Value ?? text.Trim();

    private static string Normal(string header) =>
        header
            .Trim()
            .TrimStart('\uFEFF')
            .ToLowerInvariant()
            .Replace(' ', '_')
            .Replace("(usd)", "usd", StringComparison.Ordinal)
            .Replace('-', '_');

    private static int Find(List<string> header, string[] names, string shown, string what)
    {
        // In the order of the names: a file may hold both a cost and a cost in USD.
        foreach (var name in names)
        {
            if (header.IndexOf(name) is >= 0 and var index)
            {
                return index;
            }
        }

        throw new CliFailureException(
            $"'{shown}' has no column {what}. Its headers are {string.Join(", ", header)}; one of {string.Join(", ", names)} is needed. docs/report.md shows the form."
        );
    }

    private static DateOnly Day(string text, string at)
    {
        if (
            DateOnly.TryParseExact(
                text.Trim(),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
        {
            return day;
        }

        // Seconds since 1970, or a moment: its UTC day.
        if (
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < 100_000_000_000
        )
        {
            return DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime);
        }

        return DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var moment
        )
            ? DateOnly.FromDateTime(moment.UtcDateTime)
            : throw new CliFailureException($"{at}: a day such as 2026-11-28 is expected.");
    }

    private static Int128 Money(string text, string at)
    {
        var plain = text.Trim().TrimStart('$').Replace(",", "", StringComparison.Ordinal);
        if (plain.Length == 0)
        {
            return 0;
        }

        if (Usd.TryParse(plain, out var exact))
        {
            return exact.PicoDollars;
        }

        // Bills print more digits than a pico-dollar, or exponents; what is finer cannot be compared.
        return
            decimal.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var dollars)
            && Math.Abs(dollars) < 1_000_000_000m
            ? (Int128)Math.Round(dollars * Usd.PicoDollarsPerDollar)
            : throw new CliFailureException($"{at}: an amount in USD such as 1.25 is expected.");
    }
}
