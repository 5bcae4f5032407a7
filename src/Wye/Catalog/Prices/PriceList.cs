using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Wye.Primitives;

namespace Wye.Catalog.Prices;

/// <summary>A price list of others, read to compare with. Immutable, thread-safe.</summary>
/// <remarks>
/// Two forms: LiteLLM's <c>model_prices_and_context_window.json</c> (USD per token), and a CSV table whose header names
/// <c>model, provider, input_usd_per_mtok, output_usd_per_mtok</c> and may name <c>cache_read_usd_per_mtok</c> and
/// <c>cache_write_usd_per_mtok</c> (USD per 1,000,000 tokens). Rows of providers Wye does not know are left out.
/// </remarks>
public sealed class PriceList
{
    private static readonly FrozenDictionary<string, string> Providers = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["gemini"] = "google",
        ["together_ai"] = "together",
        ["fireworks_ai"] = "fireworks",
        ["fireworks_ai-embedding-models"] = "fireworks",
        ["ollama_chat"] = "ollama",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly Dictionary<(ProviderId, string), ListedPrice> _rows = [];

    private PriceList() { }

    /// <summary>How many rows it has that Wye can compare.</summary>
    public int Count => _rows.Count;

    /// <summary>The price of a model at a provider; null = not listed.</summary>
    public Price? Find(ProviderId provider, string upstream) => _rows.GetValueOrDefault((provider, upstream))?.Price;

    /// <summary>Reads either form.</summary>
    /// <exception cref="FormatException">It is neither; the message says where and why.</exception>
    public static PriceList Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var list = new PriceList();
        if (text.AsSpan().TrimStart().StartsWith("{"))
        {
            list.ReadJson(text);
        }
        else
        {
            list.ReadCsv(text);
        }

        return list;
    }

    private void ReadJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            foreach (var row in json.RootElement.EnumerateObject())
            {
                if (
                    row.Value.ValueKind == JsonValueKind.Object
                    && row.Value.TryGetProperty("litellm_provider", out var provider)
                    && provider.ValueKind == JsonValueKind.String
                )
                {
                    Add(
                        provider.GetString()!,
                        row.Name,
                        PerToken(row.Value, "input_cost_per_token"),
                        PerToken(row.Value, "output_cost_per_token"),
                        PerToken(row.Value, "cache_read_input_token_cost"),
                        PerToken(row.Value, "cache_creation_input_token_cost")
                    );
                }
            }
        }
        catch (JsonException fault)
        {
            throw new FormatException($"The price list is not JSON: {fault.Message}", fault);
        }
    }

    private static Usd? PerToken(JsonElement row, string key) =>
        row.TryGetProperty(key, out var value)
        && value.ValueKind == JsonValueKind.Number
        && decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var usd)
            ? Exact(usd * 1_000_000)
            : null;

    private void ReadCsv(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var header = lines[0].Split(',');
        int Column(string name) => Array.IndexOf(header, name);
        var (model, provider) = (Column("model"), Column("provider"));
        var (input, output) = (Column("input_usd_per_mtok"), Column("output_usd_per_mtok"));
        if (model < 0 || provider < 0 || input < 0 || output < 0)
        {
            throw new FormatException(
                "The price list is neither LiteLLM's JSON nor a CSV table with the columns model, provider, input_usd_per_mtok, output_usd_per_mtok."
            );
        }

        var (read, write) = (Column("cache_read_usd_per_mtok"), Column("cache_write_usd_per_mtok"));
        for (var i = 1; i < lines.Length; i++)
        {
            var cells = lines[i].Split(',');
            if (cells.Length == header.Length)
            {
                Add(
                    cells[provider],
                    cells[model],
                    PerMillion(cells, input),
                    PerMillion(cells, output),
                    PerMillion(cells, read),
                    PerMillion(cells, write)
                );
            }
            else if (lines[i].Length > 0)
            {
                throw new FormatException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Line {i + 1} of the price list has {cells.Length} cells, its header {header.Length}."
                    )
                );
            }
        }
    }

    private static Usd? PerMillion(string[] cells, int column) =>
        column >= 0 && decimal.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var usd)
            ? Exact(usd)
            : null;

    /// <summary>Lists are written by programs that count in floating point: the last digits are noise.</summary>
    private static Usd? Exact(decimal perMillion) =>
        perMillion is >= 0 and < 1_000_000 ? Usd.PerMillionTokens(decimal.Round(perMillion, 6)) : null;

    private void Add(string provider, string name, Usd? input, Usd? output, Usd? read, Usd? write)
    {
        var id = new ProviderId(Providers.GetValueOrDefault(provider, provider));
        if (input is not { } i || output is not { } o || BuiltInCatalog.FindProvider(id) is null)
        {
            return;
        }

        var prefix = provider + "/";
        var prefixed = name.StartsWith(prefix, StringComparison.Ordinal);
        var upstream = prefixed ? name[prefix.Length..] : name;
        var listed = new ListedPrice(id, upstream, new Price(i, o, read, write));
        // A name under its provider is the more exact one where both forms are listed.
        if (prefixed)
        {
            _rows[(id, upstream)] = listed;
        }
        else
        {
            _rows.TryAdd((id, upstream), listed);
        }
    }
}
