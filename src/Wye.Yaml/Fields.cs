using System.Collections.Immutable;
using System.Globalization;
using Wye.Hosting.Configuration.Problems;
using Wye.Yaml.Keys;

namespace Wye.Yaml;

/// <summary>Takes typed values out of one map and reports what has another type or is not known.</summary>
/// <param name="map">The map; null = nothing is written.</param>
/// <param name="what">What the map describes, for messages: <c>a route</c>.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class Fields(MapNode? map, string what, ProblemSink problems)
{
    private readonly KeyTable? _table = (map as ProbeNode)?.Table;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>A key of a later version or of another place: unknown, with a better hint.</summary>
    public Dictionary<string, (string What, string Fix)> Elsewhere { get; } = new(StringComparer.Ordinal);

    public ProblemSink Problems => problems;

    public string? Text(string key, IReadOnlyList<string>? among = null) => Scalar(key, among)?.Text;

    public TextNode? Scalar(string key, IReadOnlyList<string>? among = null)
    {
        _table?.Add(key, KeyShapes.Text, among);
        return Written(key);
    }

    /// <summary>A text that must be there; its absence is reported by the caller.</summary>
    public string? Required(string key)
    {
        _table?.Add(key, KeyShapes.Text).IsRequired = true;
        return Written(key)?.Text;
    }

    public int? Int(string key) =>
        Parse<int>(key, KeyShapes.Int, Scalars.TryInt, "a whole number", "Write digits only, e.g. 1000.");

    public double? Number(string key) =>
        Parse<double>(key, KeyShapes.Number, Scalars.TryNumber, "a number", "Write e.g. 0.85.");

    public decimal? Money(string key) =>
        Parse<decimal>(key, KeyShapes.Number, Scalars.TryMoney, "an amount in USD", "Write e.g. 0.15.");

    public bool? Flag(string key) =>
        Parse<bool>(key, KeyShapes.Flag, Scalars.TryFlag, "true or false", "Write true or false.");

    public TimeSpan? Duration(string key) =>
        Parse<TimeSpan>(
            key,
            KeyShapes.Duration,
            Scalars.TryDuration,
            "a duration",
            "Write a number with its unit: 500ms, 30s, 5m or 1h."
        );

    public long? Bytes(string key) =>
        Parse<long>(
            key,
            KeyShapes.Bytes,
            Scalars.TryBytes,
            "a size",
            "Write a number with its unit: 512KiB, 32MiB or 1GiB."
        );

    public TimeOnly? TimeOfDay(string key) =>
        Parse<TimeOnly>(
            key,
            KeyShapes.TimeOfDay,
            Scalars.TryTimeOfDay,
            "a time of day",
            "Write hours and minutes in quotes: \"22:30\"."
        );

    public DateOnly? Day(string key, string fix) => Parse<DateOnly>(key, KeyShapes.Day, Scalars.TryDay, "a day", fix);

    /// <summary>Whether the value is this word, which stands beside what else the key takes.</summary>
    public bool Word(string key, string word)
    {
        _table?.Add(key, KeyShapes.Word, [word]);
        return Find(key) is TextNode { Text: { } text } && string.Equals(text, word, StringComparison.Ordinal);
    }

    /// <summary>A list of texts, or one text for a list of one.</summary>
    public ImmutableArray<string>? Texts(string key, IReadOnlyList<string>? among = null)
    {
        _table?.Add(key, KeyShapes.Texts, among);
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

    /// <summary>The nodes of a list of maps.</summary>
    public IReadOnlyList<YamlNode>? Items(string key) =>
        _table?.Add(key, KeyShapes.List) is { } row
            ? [new ProbeNode(row.Below)]
            : Find(key) switch
            {
                null => null,
                ListNode list => list.Items,
                var other => Wrong<List<YamlNode>>(other, "a list is expected", "Start each item with '- '."),
            };

    /// <summary>The nodes of a list whose items are maps or texts; one text is a list of one.</summary>
    public IReadOnlyList<YamlNode>? TextsOrItems(string key)
    {
        if (_table is not null)
        {
            _table.Add(key, KeyShapes.Texts);
            return Items(key);
        }

        return Find(key) is TextNode one ? [one] : Items(key);
    }

    /// <summary>The entries of a map whose names are free.</summary>
    public IReadOnlyList<MapEntry>? Entries(string key) =>
        _table?.Add(key, KeyShapes.Named) is { } row
            ? [new MapEntry("*", new ProbeNode(row.Below), default)]
            : Pairs(key);

    /// <summary>A map of texts.</summary>
    public ImmutableDictionary<string, string> TextMap(string key)
    {
        _table?.Add(key, KeyShapes.TextMap);
        var texts = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, node, _) in Pairs(key) ?? [])
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

    /// <summary>A value that is a map or one text: the node itself; null when it is not there or empty.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="among">The only texts it may be; null = any.</param>
    public YamlNode? MapOrText(string key, IReadOnlyList<string>? among = null)
    {
        _table?.Add(key, among is null ? KeyShapes.Text : KeyShapes.Word, among);
        return _table?.Add(key, KeyShapes.Map) is { } row ? new ProbeNode(row.Below) : Find(key);
    }

    /// <summary>The fields of one map below; nothing written counts as an empty map.</summary>
    public Fields Below(YamlNode node, string description) => new(AsMap(node), description, problems);

    public Fields Below(string key, string description) =>
        new(
            _table?.Add(key, KeyShapes.Map) is { } row ? new ProbeNode(row.Below)
                : Find(key) is { } node ? AsMap(node)
                : null,
            description,
            problems
        );

    public bool Has(string key) => _table is not null || Find(key) is not null;

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
    private YamlNode? Find(string key)
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

    private TextNode? Written(string key) =>
        Find(key) switch
        {
            null => null,
            TextNode text => text,
            var other => Wrong<TextNode>(other, "a text is expected", "Write one value."),
        };

    private List<MapEntry>? Pairs(string key) => Find(key) is { } node ? AsMap(node)?.Entries : null;

    private T? Parse<T>(string key, KeyShapes shape, TryParse<T> parse, string expected, string fix)
        where T : struct
    {
        _table?.Add(key, shape);
        if (Written(key) is not { Text: { } text } node)
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

    private delegate bool TryParse<T>(string text, out T value);

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
