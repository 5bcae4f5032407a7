using System.Buffers;
using System.Net;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Primitives;
using Wye.Providers;

namespace Wye.Hosting.Configuration.Resolving.Models;

/// <summary><c>providers</c> → endpoints, with the facts of the built-in table where nothing else is said.</summary>
internal static class ProviderResolver
{
    private static readonly Uri InProcessUrl = new("in-process:/");
    private static readonly TimeSpan MaxConnectTimeout = TimeSpan.FromSeconds(60);

    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789.-"
    );

    public static void Resolve(ResolveScope scope)
    {
        if (scope.Config.Providers.IsEmpty)
        {
            scope.Problems.Error(
                "providers",
                "No provider is configured.",
                "Add one, e.g. providers: { openai: { key: \"${OPENAI_API_KEY}\" } }."
            );
        }

        foreach (var provider in scope.Config.Providers)
        {
            var path = $"providers.{provider.Name}";
            if (!scope.Problems.Name(path, "provider", provider.Name))
            {
                continue;
            }

            if (scope.Providers.ContainsKey(provider.Name))
            {
                scope.Problems.Error(
                    path,
                    $"Two providers are named {Quotation.Of(provider.Name)}.",
                    "Give one of them another name."
                );
            }
            else if (Resolve(scope.Problems, path, provider) is { } endpoint)
            {
                scope.Providers.Add(provider.Name, endpoint);
            }
            else
            {
                scope.Refused.Add(path);
            }
        }
    }

    private static ProviderEndpoint? Resolve(ProblemList problems, string path, ProviderConfig config)
    {
        var id = new ProviderId(config.Name);
        var facts = BuiltInCatalog.FindProvider(id);
        var dialect = config.Dialect ?? facts?.Dialect ?? ConfigDefaults.Dialects[0];
        var inProcess = string.Equals(dialect, Provider.InProcess, StringComparison.Ordinal);
        if (!inProcess && !ConfigDefaults.Dialects.Contains(dialect, StringComparer.Ordinal))
        {
            problems.Error(
                $"{path}.dialect",
                $"Wye does not speak the dialect {problems.Show($"{path}.dialect", dialect)} to providers.",
                $"Use one of: {string.Join(", ", ConfigDefaults.Dialects)}."
            );
        }

        if (config.KeyIsLiteral)
        {
            problems.Warn(
                $"{path}.key",
                "The key stands in the file itself.",
                "Refer to it instead: key: ${NAME}, or key: { file: /run/secrets/name }."
            );
        }
        else if (
            !inProcess
            && config.Key is null
            && config.BaseUrl is null
            && facts is { KeyVariables: [var variable, ..] }
        )
        {
            problems.Warn(path, "The provider has no key, so it will refuse every call.", $"Add key: ${{{variable}}}.");
        }

        var baseUrl = inProcess ? InProcessUrl : BaseUrl(problems, path, config, facts);
        var region = config.Region ?? facts?.Region;
        if (config.Region is { } ownRegion)
        {
            problems.Label($"{path}.region", "region", ownRegion);
        }

        for (var i = 0; i < (config.Compliance?.Length ?? 0); i++)
        {
            problems.Label($"{path}.compliance[{i}]", "compliance tag", config.Compliance!.Value[i]);
        }

        CheckHeaders(problems, path, config);
        var connect = problems.Duration($"{path}.connect_timeout", config.ConnectTimeout, MaxConnectTimeout);
        if (baseUrl is null)
        {
            return null;
        }

        var endpoint = new ProviderEndpoint
        {
            Provider = new Provider
            {
                Id = id,
                Dialect = dialect,
                BaseUrl = baseUrl,
                // Facts of the table hold for its address; another address may lie elsewhere.
                Region = config.BaseUrl is null ? region : config.Region ?? LocalRegion(baseUrl),
                Compliance = config.Compliance ?? (config.BaseUrl is null ? facts?.Compliance : null) ?? [],
            },
            Key = config.Key,
            Headers = config.Headers,
        };
        return connect is { } timeout ? endpoint with { ConnectTimeout = timeout } : endpoint;
    }

    private static Uri? BaseUrl(ProblemList problems, string path, ProviderConfig config, ProviderFacts? facts)
    {
        if (config.BaseUrl is not { } text)
        {
            if (facts?.BaseUrl is null)
            {
                problems.Error(
                    path,
                    "The provider has no address.",
                    facts is null
                        ? $"Add base_url, e.g. base_url: http://localhost:8000/v1. {problems.Suggest(config.Name, BuiltInCatalog.Providers.Select(p => p.Id.Value), "")}"
                        : "Add the base_url of your own resource."
                );
            }

            return facts?.BaseUrl;
        }

        var urlPath = $"{path}.base_url";
        if (
            !Uri.TryCreate(
                text.EndsWith('/') || text.Contains('?', StringComparison.Ordinal) ? text : text + "/",
                UriKind.Absolute,
                out var url
            )
            || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0
            || !IsKnownQuery(url.Query)
            || url.Fragment.Length > 0
        )
        {
            // Not quoted: an address may carry a password.
            problems.Error(
                urlPath,
                "The value is not an http or https address.",
                "Use scheme, host and path only, e.g. https://api.example.com/v1."
            );
            return null;
        }

        if (url.Scheme is "http" && config.Key is not null && !IsLoopback(url))
        {
            problems.Warn(urlPath, "The key would travel unencrypted.", "Use https, or leave the key out.");
        }

        return url;
    }

    // Azure's classic address needs its version; anything else in a query may be a secret, and addresses are shown.
    private static bool IsKnownQuery(string query)
    {
        const string Version = "?api-version=";
        return query.Length == 0
            || (
                query.StartsWith(Version, StringComparison.OrdinalIgnoreCase)
                && query.Length > Version.Length
                && query.AsSpan(Version.Length).IndexOfAnyExcept(VersionCharacters) < 0
            );
    }

    private static string? LocalRegion(Uri url) => IsLoopback(url) ? "local" : null;

    private static bool IsLoopback(Uri url) =>
        url.IsLoopback || (IPAddress.TryParse(url.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));

    private static void CheckHeaders(ProblemList problems, string path, ProviderConfig config)
    {
        foreach (var (name, value) in config.Headers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var headerPath = $"{path}.headers.{name}";
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                problems.Error(
                    headerPath,
                    $"{Quotation.Of(name)} is not a header name.",
                    "Use letters, digits and hyphens."
                );
            }
            else if (value.Any(c => c is < ' ' or > '~'))
            {
                problems.Error(
                    headerPath,
                    "The value has a character that a header cannot carry.",
                    "Use printable ASCII only."
                );
            }
            else if (
                name.ToLowerInvariant()
                is "host"
                    or "content-length"
                    or "transfer-encoding"
                    or "connection"
                    or "content-type"
            )
            {
                problems.Error(headerPath, "Wye sets this header itself.", "Remove it.");
            }
            else if (config.Key is not null && name.Equals("authorization", StringComparison.OrdinalIgnoreCase))
            {
                problems.Error(headerPath, "The key is sent in this header.", "Remove the header or the key.");
            }
        }
    }
}
