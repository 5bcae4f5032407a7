using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Hosting.Configuration;
using Wye.Primitives;

namespace Wye.Yaml;

/// <summary>One entry of <c>providers</c>; the only place that reads a credential.</summary>
internal sealed class ProviderBinder(ConfigSources sources, string folder)
{
    private static readonly ImmutableArray<string> Dialects = [.. ConfigDefaults.Dialects, Provider.InProcess];

    public ProviderConfig Bind(string name, Fields fields)
    {
        fields.Elsewhere["api_key"] = ("There is no key 'api_key' in a provider.", "Use 'key'.");
        fields.Elsewhere["timeout"] = (
            "There is no key 'timeout' in a provider.",
            "Use connect_timeout here, and timeouts in a route."
        );
        var (key, literal) = Key(fields);
        var provider = new ProviderConfig
        {
            Name = name,
            Dialect = fields.Text("dialect", Dialects),
            Key = key,
            KeyIsLiteral = literal,
            BaseUrl = fields.Text("base_url"),
            Region = fields.Text("region"),
            Compliance = fields.Texts("compliance"),
            Headers = fields.TextMap("headers"),
            ConnectTimeout = fields.Duration("connect_timeout"),
        };
        fields.Done();
        return provider;
    }

    private (Secret? Key, bool Literal) Key(Fields fields)
    {
        switch (fields.MapOrText("key"))
        {
            case null:
                return (null, false);
            case TextNode text:
                return (text.Text is { } value ? Checked(fields.Problems, text, value) : null, !text.Substituted);
            case MapNode map:
                var below = fields.Below(map, "a key");
                var file = below.Scalar("file");
                below.Done();
                if (file is null && map.Entries.Count == 0)
                {
                    fields.Problems.Error(map, "The key refers to nothing.", "Write key: { file: /run/secrets/name }.");
                }

                return (file?.Text is { } path ? FromFile(fields.Problems, file, path) : null, false);
            case var other:
                fields.Problems.Error(other, "A key is one text or { file: PATH }.", "Write key: ${NAME}.");
                return (null, false);
        }
    }

    private Secret? FromFile(ProblemSink problems, TextNode node, string path)
    {
        string? text;
        try
        {
            text = sources.ReadSecretFile(Path.GetFullPath(Path.Combine(folder, path)));
        }
        catch (ArgumentException)
        {
            text = null;
        }

        if (text is null)
        {
            problems.Error(node, "The secret file cannot be read.", "Check its path and permissions.");
            return null;
        }

        return Checked(problems, node, text.Trim());
    }

    /// <summary>A credential that a header can carry; the value itself is in no message.</summary>
    private static Secret? Checked(ProblemSink problems, YamlNode node, string value)
    {
        if (value.Length == 0)
        {
            problems.Error(node, "The key is empty.", "Fill it, or remove it where the provider needs none.");
        }
        else if (value.Length > YamlBounds.MaxSecret || value.Any(c => c is <= ' ' or > '~'))
        {
            problems.Error(
                node,
                "The key holds blanks, line breaks or other characters that a header cannot carry.",
                "Check that the variable or file holds nothing but the key."
            );
        }
        else
        {
            return new Secret(value);
        }

        return null;
    }
}
