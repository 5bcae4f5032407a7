using System.Collections.Immutable;
using System.Globalization;
using Wye.Hosting.Configuration.Problems;

namespace Wye.Yaml;

/// <summary>Takes typed values out of one map and reports what has another type or is not known.</summary>
/// <param name="map">The map; null = nothing is written.</param>
/// <param name="what">What the map describes, for messages: <c>a route</c>.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class Fields(MapNode? map, string what, ProblemSink problems)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>A key of a later version or of another place: unknown, with a better hint.</summary>
    public Dictionary<string, (string What, string Fix)> Elsewhere { get; } = new(StringComparer.Ordinal);

    public ProblemSink Problems => problems;

    public string? Text(string key) => Scalar(key)?.Text;

    public TextNode? Scalar(string key) =>
        Find(key) switch
        {
            null => null,
            TextNode text => text,
            var other => Wrong<TextNode>(other, "a text is expected", "Write one value."),
        };

    public int? Int(string key) => Parse<int>(key, Scalars.TryInt, "a whole number", "Write digits only, e.g. 1000.");

    public double? Number(string key) => Parse<double>(key, Scalars.TryNumber, "a number", "Write e.g. 0.85.");

    public decimal? Money(string key) => Parse<decimal>(key, Scalars.TryMoney, "an amount in USD", "Write e.g. 0.15.");

    public bool? Flag(string key) => Parse<bool>(key, Scalars.TryFlag, "true or false", "Write true or false.");

    public TimeSpan? Duration(string key) =>
        Parse<TimeSpan>(key, Scalars.TryDuration, "a duration", "Write a number with its unit: 500ms, 30s, 5m or 1h.");

    public long? Bytes(string key) =>
        Parse<long>(key, Scalars.TryBytes, "a size", "Write a number with its unit: 512KiB, 32MiB or 1GiB.");

    public TimeOnly? TimeOfDay(string key) =>
        Parse<TimeOnly>(key, Scalars.TryTimeOfDay, "a time of day", "Write hours and minutes in quotes: \"22:30\".");

    /// <summary>A list of texts, or one text for a list of one.</summary>
    public ImmutableArray<string>? Texts(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case TextNode one:
                return one.Text is { } text ? [text] : [];
            case ListNode list:
                return
                [
                    .. list
                        .Items.Select(item =>
                            item is TextNode { IsUnset: false } text
                                ? text.Text
                                : Wrong<string>(item, "a text is expected", "Write one value.")
                        )
                        .OfType<string>(),
                ];
            case var other:
                Wrong<ListNode>(other, "a list is expected", "Write [a, b].");
                return [];
        }
    }

    /// <summary>The nodes of a list.</summary>
    public IReadOnlyList<YamlNode>? Items(string key) =>
        Find(key) switch
        {
            null => null,
            ListNode list => list.Items,
            var other => Wrong<List<YamlNode>>(other, "a list is expected", "Start each item with '- '."),
        };

    /// <summary>The entries of a map.</summary>
    public IReadOnlyList<MapEntry>? Entries(string key) => Map(key)?.Entries;

    public MapNode? Map(string key) => Find(key) is { } node ? AsMap(node) : null;

    /// <summary>A map of texts.</summary>
    public ImmutableDictionary<string, string> TextMap(string key)
    {
        var texts = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, node, _) in Entries(key) ?? [])
        {
            if (node is not TextNode { IsUnset: false } text)
            {
                Wrong<object>(node, "a text is expected", "Write one value.");
            }
            else if (text.Text is not null)
            {
                texts[name] = text.Text;
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>The fields of one map below; nothing written counts as an empty map.</summary>
    public Fields Below(YamlNode node, string description) => new(AsMap(node), description, problems);

    public Fields Below(string key, string description) => new(Map(key), description, problems);

    public bool Has(string key) => Find(key) is not null;

    /// <summary>Reports every key that was not asked for.</summary>
    public void Done()
    {
        foreach (var (key, node, at) in map?.Entries ?? [])
        {
            if (_known.Contains(key))
            {
                continue;
            }

            if (problems.IsFull)
            {
                return;
            }

            var (problem, fix) = Elsewhere.TryGetValue(key, out var hint)
                ? hint
                : (
                    $"There is no key {Quotation.Of(key)} in {what}.",
                    key is "<<" ? "Write the values out; merge keys are not read." : Suggestion.For(key, _known, "")
                );
            problems.Error((int)at.Line, (int)at.Column, node.Path, problem, fix);
        }
    }

    /// <summary>The value of a key; null when it is not there or empty.</summary>
    public YamlNode? Find(string key)
    {
        _known.Add(key);
        foreach (var (name, node, _) in map?.Entries ?? [])
        {
            if (string.Equals(name, key, StringComparison.Ordinal))
            {
                return node is TextNode { IsUnset: true } ? null : node;
            }
        }

        return null;
    }

    public T? Parse<T>(string key, TryParse<T> parse, string expected, string fix)
        where T : struct
    {
        if (Scalar(key) is not { Text: { } text } node)
        {
            return null;
        }

        if (parse(text, out var value))
        {
            return value;
        }

        var shown = node.Substituted ? "The substituted value" : Quotation.Of(node.Raw);
        problems.Error(node, $"{shown} is not {expected}.", fix);
        return null;
    }

    public delegate bool TryParse<T>(string text, out T value);

    private MapNode? AsMap(YamlNode node) =>
        node switch
        {
            MapNode found => found,
            TextNode { IsUnset: true } => null,
            _ => Wrong<MapNode>(node, "a map of settings is expected", "Write 'key: value' pairs below it."),
        };

    private T? Wrong<T>(YamlNode node, string expected, string fix)
        where T : class
    {
        var found = node switch
        {
            MapNode => "a map",
            ListNode => "a list",
            TextNode { IsUnset: true } => "nothing",
            _ => "a text",
        };
        problems.Error(node, $"Here {expected}, not {found}.", fix);
        return null;
    }
}
