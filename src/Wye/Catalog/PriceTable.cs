using System.Collections.Immutable;
using System.Globalization;
using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>What <c>prices.csv</c> says beside list prices: long prompts, other service tiers, other kinds of tokens.</summary>
internal sealed class PriceTable
{
    private readonly ILookup<string, Line> _lines;

    private PriceTable(ILookup<string, Line> lines) => _lines = lines;

    /// <summary>Models that it names.</summary>
    public IEnumerable<string> Models => _lines.Select(lines => lines.Key);

    public static PriceTable Read(CatalogTable table) =>
        new(table.Select(ReadLine).ToLookup(line => line.Model, StringComparer.Ordinal));

    /// <summary>A list price with all that the table adds to it; an unknown price stays unknown.</summary>
    /// <exception cref="InvalidDataException">A step or a tier has no price.</exception>
    public Price? Complete(string model, Price? list)
    {
        var lines = _lines[model].ToList();
        if (list is null || lines.Count == 0)
        {
            return list;
        }

        foreach (var line in lines.Where(line => line is { Tier: null, Above: null }))
        {
            list = list with
            {
                CacheWriteHour = line.CacheWriteHour ?? list.CacheWriteHour,
                AudioInput = line.AudioInput ?? list.AudioInput,
                AudioOutput = line.AudioOutput ?? list.AudioOutput,
            };
        }

        return list with
        {
            Steps = Steps(lines, tier: null),
            Tiers =
            [
                .. lines
                    .Where(line => line is { Tier: not null, Above: null })
                    .OrderBy(line => line.Tier)
                    .Select(line => new ServicePrice(
                        line.Tier!.Value,
                        line.Whole() with
                        {
                            Steps = Steps(lines, line.Tier),
                        }
                    )),
            ],
        };
    }

    private static ImmutableArray<PriceStep> Steps(List<Line> lines, ServiceTier? tier) =>
        [
            .. lines
                .Where(line => line.Tier == tier && line.Above is not null)
                .OrderBy(line => line.Above)
                .Select(line => new PriceStep(line.Above!.Value, line.Whole())),
        ];

    private static Line ReadLine(CatalogTable.Row row)
    {
        // The source is for whoever checks the table; a line without one is no fact.
        _ = row.Required("source");
        return new Line(row.Required("model"))
        {
            Tier = row.Text("tier") is { } tier ? TierOf(tier) : null,
            Above = row.Text("above") is { } above
                ? long.Parse(above, NumberStyles.None, CultureInfo.InvariantCulture)
                : null,
            List = row.Price(),
            CacheWriteHour = row.Money("cache_write_hour"),
            AudioInput = row.Money("audio_input"),
            AudioOutput = row.Money("audio_output"),
        };
    }

    private static ServiceTier TierOf(string name) =>
        ServiceTiers.Parse(name) is var tier
        && tier != ServiceTier.Standard
        && string.Equals(tier.Name(), name, StringComparison.Ordinal)
            ? tier
            : throw new FormatException($"no service tier '{name}'.");

    private sealed record Line(string Model)
    {
        public ServiceTier? Tier { get; init; }

        public long? Above { get; init; }

        public Price? List { get; init; }

        public Usd? CacheWriteHour { get; init; }

        public Usd? AudioInput { get; init; }

        public Usd? AudioOutput { get; init; }

        /// <summary>The price that a step or a tier sets.</summary>
        public Price Whole() =>
            List is { } list
                ? list with
                {
                    CacheWriteHour = CacheWriteHour,
                    AudioInput = AudioInput,
                    AudioOutput = AudioOutput,
                }
                : throw new InvalidDataException(
                    $"prices.csv: a step or tier of '{Model}' has no input and output price."
                );
    }
}
