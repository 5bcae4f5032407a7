using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Wye.Catalog;
using Wye.Hosting.Configuration.Defaults;
using Wye.Primitives;

namespace Wye.Yaml.LiteLlm;

/// <summary><c>litellm_params</c> → providers: one for each address, key, region and set of headers.</summary>
internal sealed class ProviderImport(NoteList notes)
{
    /// <summary>LiteLLM's prefix → name in the built-in table and the variable LiteLLM takes the key from.</summary>
    private static readonly FrozenDictionary<string, (string Known, string? Variable)> Prefixes = new Dictionary<
        string,
        (string, string?)
    >(StringComparer.Ordinal)
    {
        ["openai"] = ("openai", "OPENAI_API_KEY"),
        ["azure"] = ("azure", "AZURE_API_KEY"),
        ["anthropic"] = ("anthropic", "ANTHROPIC_API_KEY"),
        ["gemini"] = ("google", "GEMINI_API_KEY"),
        ["groq"] = ("groq", "GROQ_API_KEY"),
        ["mistral"] = ("mistral", "MISTRAL_API_KEY"),
        ["deepseek"] = ("deepseek", "DEEPSEEK_API_KEY"),
        ["together_ai"] = ("together", "TOGETHERAI_API_KEY"),
        ["fireworks_ai"] = ("fireworks", "FIREWORKS_API_KEY"),
        ["openrouter"] = ("openrouter", "OPENROUTER_API_KEY"),
        ["xai"] = ("xai", "XAI_API_KEY"),
        ["ollama"] = ("ollama", null),
        ["ollama_chat"] = ("ollama", null),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Compatible = FrozenSet.Create(
        StringComparer.Ordinal,
        "openai",
        "hosted_vllm",
        "vllm",
        "custom_openai",
        "openai_like",
        "lm_studio",
        "llamafile",
        "litellm_proxy"
    );

    private readonly Dictionary<string, ImportedProvider> _bySettings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public IEnumerable<ImportedProvider> All => _bySettings.Values;

    /// <summary>The provider of one deployment and what it calls the model; null = Wye cannot call it, which is noted.</summary>
    public (ImportedProvider Provider, string Upstream)? Of(LiteMap parameters)
    {
        if (parameters.Text("model") is not { } model)
        {
            notes.Add(parameters.At("model"), "The deployment names no model.", "Add it by hand.");
            return null;
        }

        var (prefix, upstream) = Split(parameters, model);
        var address = parameters.Text("api_base") ?? parameters.Text("base_url");
        var isOwn = address is not null && Compatible.Contains(prefix);
        if (!isOwn && !Prefixes.ContainsKey(prefix))
        {
            notes.Add(
                parameters.At("model"),
                $"Wye does not speak to '{prefix}'.",
                "Use an OpenAI-compatible address of it, if there is one."
            );
            return null;
        }

        var known = isOwn ? null : Prefixes[prefix].Known;
        var url = Address(parameters, prefix, address);
        return known is "azure" && url is null ? null : (Add(parameters, prefix, known, url), upstream);
    }

    private static (string Prefix, string Upstream) Split(LiteMap parameters, string model)
    {
        if (parameters.Text("custom_llm_provider") is { } custom)
        {
            return (custom, model);
        }

        var slash = model.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && (Prefixes.ContainsKey(model[..slash]) || Compatible.Contains(model[..slash])))
        {
            return (model[..slash], model[(slash + 1)..]);
        }

        // A name without prefix is looked up, as LiteLLM does.
        var maker = BuiltInCatalog.FindModel(model)?.Maker;
        return maker is "anthropic" or "openai" ? (maker, model)
            : slash > 0 ? (model[..slash], model[(slash + 1)..])
            : parameters.Has("api_base") ? ("openai", model)
            : ("unknown", model);
    }

    private string? Address(LiteMap parameters, string prefix, string? address)
    {
        if (address is null)
        {
            if (prefix is "azure")
            {
                notes.Add(parameters.At("api_base"), "Azure needs the address of your resource.", "Add api_base.");
            }

            return null;
        }

        var written = References.Of(address).TrimEnd('/');
        return prefix switch
        {
            "azure" => written.Contains("/openai", StringComparison.Ordinal) ? written : written + "/openai/v1",
            "ollama" or "ollama_chat" => written.EndsWith("/v1", StringComparison.Ordinal) ? written : written + "/v1",
            _ => written,
        };
    }

    private ImportedProvider Add(LiteMap parameters, string prefix, string? known, string? url)
    {
        var (key, literal) = Key(parameters, prefix, isOwn: known is null);
        var headers = Headers(parameters);
        var region = parameters.Text("region_name")?.ToLowerInvariant();
        var settings = string.Join('\n', known, url, literal ?? key, headers, region);
        if (_bySettings.TryGetValue(settings, out var same))
        {
            return same;
        }

        var name = Unique(known ?? HostName(url));
        var facts = BuiltInCatalog.FindProvider(new ProviderId(known ?? ""));
        if (literal is not null)
        {
            key = $"${{{References.Invent(name)}}}";
            notes.Add(
                parameters.At("api_key"),
                "The credential stands in the file and was not copied.",
                $"Put it into the environment as {References.Invent(name)}."
            );
        }

        // A second provider of a kind has another name, so that the table says nothing about it.
        var second = facts is not null && !string.Equals(name, known, StringComparison.Ordinal);
        var lines = ImmutableArray.CreateBuilder<string>();
        if (facts is null || second)
        {
            lines.Add($"dialect: {facts?.Dialect ?? "openai"}");
        }

        url ??= second ? facts!.BaseUrl?.AbsoluteUri : null;
        if (url is not null)
        {
            lines.Add($"base_url: {YamlText.Of(url)}");
        }

        if (key is not null)
        {
            lines.Add($"key: {YamlText.Of(key)}");
        }

        if (region is not null && region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-'))
        {
            lines.Add($"region: {YamlText.Of(region)}");
        }

        if (headers.Length > 0)
        {
            lines.Add($"headers: {{ {headers} }}");
        }

        var provider = new ImportedProvider(name, second ? null : known, lines.ToImmutable());
        _bySettings.Add(settings, provider);
        return provider;
    }

    /// <summary>How the key is referred to; the literal is only compared, never written.</summary>
    private (string? Reference, string? Literal) Key(LiteMap parameters, string prefix, bool isOwn)
    {
        if (parameters.Text("api_key") is { } given)
        {
            return References.Variable(given) is null && given.Any(char.IsAsciiLetterOrDigit)
                ? (null, given)
                : (References.Of(given), null);
        }

        if (isOwn)
        {
            return (null, null);
        }

        return (Prefixes[prefix].Variable is { } variable ? $"${{{variable}}}" : null, null);
    }

    private string Headers(LiteMap parameters)
    {
        var headers = parameters.Map("extra_headers");
        var pairs = headers
            .Keys.Select(name => (name, Value: headers.Text(name)))
            .Where(pair => pair.Value is not null && !IsCredential(headers, pair.name, pair.Value))
            .Select(pair => $"{YamlText.Of(pair.name)}: {YamlText.Of(References.Of(pair.Value!))}")
            .ToList();
        if (parameters.Text("organization") is { } organization)
        {
            pairs.Add($"OpenAI-Organization: {YamlText.Of(References.Of(organization))}");
        }

        return string.Join(", ", pairs);
    }

    private bool IsCredential(LiteMap headers, string name, string value)
    {
        string[] words = ["authorization", "key", "token", "secret", "cookie"];
        if (
            References.Variable(value) is not null
            || !Array.Exists(words, word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
        )
        {
            return false;
        }

        notes.Add(
            headers.At(name),
            "The header looks like a credential and was not copied.",
            "Refer to it as ${NAME}."
        );
        return true;
    }

    private static string HostName(string? url)
    {
        var host = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host.Split('.')[0] : "";
        return
            host.Length > 0
            && char.IsAsciiLetter(host[0])
            && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '-')
            && BuiltInCatalog.FindProvider(new ProviderId(host)) is null
            ? host
            : "server";
    }

    private string Unique(string name)
    {
        var free = name;
        for (var i = 2; !_names.Add(free); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
        }

        return free;
    }
}
