using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Wye.Yaml.LiteLlm;

/// <summary>One map of a LiteLLM file: values by key, merge keys followed, and which keys were looked at.</summary>
internal sealed class LiteMap
{
    private const int MaxMerges = 8;

    private readonly Dictionary<string, YamlDotNet.RepresentationModel.YamlNode> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public LiteMap(YamlMappingNode? node, string path)
    {
        Path = path;
        Take(node, 0);
    }

    public string Path { get; }

    public IEnumerable<string> Keys => _values.Keys;

    /// <summary>Keys that nobody looked at.</summary>
    public IEnumerable<string> Unseen => _values.Keys.Where(key => !_seen.Contains(key));

    public string At(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    public bool Has(string key) => Find(key) is not null;

    public LiteMap Map(string key) => new(Find(key) as YamlMappingNode, At(key));

    public string? Text(string key) => Find(key) is YamlScalarNode { Value: { Length: > 0 } text } ? text : null;

    public decimal? Number(string key) =>
        decimal.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool? Flag(string key) =>
        Text(key) switch
        {
            "true" or "True" => true,
            "false" or "False" => false,
            _ => null,
        };

    /// <summary>The maps of a list, each with its path.</summary>
    public IEnumerable<LiteMap> Maps(string key) =>
        List(key)
            .Select(
                (node, i) =>
                    new LiteMap(node as YamlMappingNode, string.Create(CultureInfo.InvariantCulture, $"{At(key)}[{i}]"))
            );

    public IEnumerable<string> Texts(string key) => List(key).OfType<YamlScalarNode>().Select(node => node.Value ?? "");

    private YamlDotNet.RepresentationModel.YamlNode? Find(string key)
    {
        _seen.Add(key);
        return _values.GetValueOrDefault(key) is { } node and not YamlScalarNode { Value: null or "" or "null" or "~" }
            ? node
            : null;
    }

    private IList<YamlDotNet.RepresentationModel.YamlNode> List(string key) =>
        Find(key) is YamlSequenceNode list ? list.Children : [];

    /// <summary>A map's own keys win over merged ones, the first merged map over the next.</summary>
    private void Take(YamlMappingNode? node, int depth)
    {
        if (node is null || depth > MaxMerges)
        {
            return;
        }

        foreach (var (name, value) in node.Children)
        {
            if (name is YamlScalarNode { Value: { } key and not "<<" })
            {
                _values.TryAdd(key, value);
            }
        }

        var merged = node.Children.Where(pair => pair.Key is YamlScalarNode { Value: "<<" }).Select(pair => pair.Value);
        foreach (var value in merged)
        {
            foreach (var source in value is YamlSequenceNode list ? list.Children : [value])
            {
                Take(source as YamlMappingNode, depth + 1);
            }
        }
    }
}
