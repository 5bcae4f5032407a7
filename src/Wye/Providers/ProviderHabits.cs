using System.Collections.Immutable;
using System.Globalization;
using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Providers;

/// <summary>What single vendors do differently from others that speak the same dialect.</summary>
internal static class ProviderHabits
{
    // Claude 4.6 brought adaptive thinking; 4.7 refuses thinking budgets, temperature, top_p and top_k (migration guide).
    private const int FirstAdaptive = 406;
    private const int FirstFixedSampling = 407;

    // First Azure version with stream_options: 2024-09-01-preview, then 2024-10-21 (griptape-ai/griptape#1640).
    private const string FirstAzureStreamOptions = "2024-09";

    // OpenAI API reference, chat completions: up to four.
    private const int MostStopsOfOpenAi = 4;
    private const string ApiVersion = "?api-version=";

    // Azure takes its resource keys in api-key; a bearer there is an Entra token (Azure OpenAI REST reference).
    private static readonly ImmutableArray<string> AzureDomains =
    [
        "openai.azure.com",
        "cognitiveservices.azure.com",
        "services.ai.azure.com",
        "openai.azure.us",
    ];

    // Mistral answers 422 extra_forbidden to stream_options and max_completion_tokens, and states the usage in the last chunk
    // unasked (openai/openai-agents-python#442, cline/cline#582). No other server of the table is known to refuse them.
    private static readonly ImmutableArray<string> StrictDomains = ["mistral.ai"];

    /// <summary>
    /// Path of an endpoint under the base address; null = a provider of that dialect has none. A classic Azure address that ends
    /// at <c>/openai</c> names no deployment yet; the upstream name is it.
    /// </summary>
    /// <param name="dialect">What the provider is configured to speak.</param>
    /// <param name="asked">The format of the call: the same, or one that it speaks beside it.</param>
    /// <param name="deployment">The deployment called.</param>
    /// <param name="stream">Whether a stream is asked for.</param>
    public static ProviderPath? PathOf(DialectId dialect, DialectId asked, Deployment deployment, bool stream)
    {
        if (dialect == DialectId.OpenAi)
        {
            var path =
                asked == DialectId.OpenAi ? "chat/completions"
                : asked == DialectId.Embeddings ? "embeddings"
                : asked == DialectId.Completions && CompletesPrompts(deployment) ? "completions"
                : null;
            return path is null ? null
                : EndsAtClassicAzure(deployment.Provider.BaseUrl)
                    ? new ProviderPath($"deployments/{deployment.UpstreamName}/{path}")
                : new ProviderPath(path);
        }

        if (dialect != asked)
        {
            return null;
        }

        if (dialect == DialectId.Gemini)
        {
            var name = deployment.UpstreamName;
            var model = name.Contains('/', StringComparison.Ordinal) ? name : "models/" + name;
            return stream
                ? new ProviderPath(model, "streamGenerateContent", "alt=sse")
                : new ProviderPath(model, "generateContent");
        }

        return dialect == DialectId.Anthropic ? new ProviderPath("messages") : null;
    }

    /// <summary>The header that carries the key.</summary>
    public static (string Name, string Value) KeyHeader(DialectId dialect, Uri baseUrl, Secret key) =>
        dialect == DialectId.Anthropic ? ("x-api-key", key.Reveal())
        : dialect == DialectId.Gemini ? ("x-goog-api-key", key.Reveal())
        : IsUnderAny(baseUrl.Host, AzureDomains) ? ("api-key", key.Reveal())
        : ("Authorization", "Bearer " + key.Reveal());

    /// <summary>Headers that every call of the dialect carries, unless the endpoint sets them.</summary>
    public static ImmutableArray<(string Name, string Value)> FixedHeaders(DialectId dialect) =>
        dialect == DialectId.Anthropic ? [("anthropic-version", "2023-06-01")] : [];

    /// <summary>What a writer must know of the model behind the deployment.</summary>
    public static ChatTarget TargetOf(Deployment deployment) =>
        new()
        {
            MaxOutputTokens = deployment.Model.MaxOutputTokens,
            Reasons = (deployment.Model.Capabilities & Capabilities.Reasoning) != Capabilities.None,
            AdaptiveThinking =
                ClaudeVersion(deployment.UpstreamName) >= FirstAdaptive || IsGemini3(deployment.UpstreamName),
            AlwaysThinks = IsGemini3(deployment.UpstreamName) || IsGeminiPro(deployment.UpstreamName),
            SignedToolCalls = IsGemini3(deployment.UpstreamName),
            FixedSampling =
                NeedsNewerOutputBound(deployment) || ClaudeVersion(deployment.UpstreamName) >= FirstFixedSampling,
            MostStops = IsOpenAi(deployment.Provider.BaseUrl.Host) ? MostStopsOfOpenAi : null,
            NoStreamOptions = RefusesStreamOptions(deployment.Provider.BaseUrl),
            OlderOutputBound = IsUnderAny(deployment.Provider.BaseUrl.Host, StrictDomains),
        };

    /// <summary>
    /// Whether the deployment takes the output bound only as <c>max_completion_tokens</c>: OpenAI's own reasoning models
    /// refuse the older name, while other servers may ignore the newer one and answer without bound.
    /// </summary>
    public static bool NeedsNewerOutputBound(Deployment deployment) =>
        (deployment.Model.Capabilities & Capabilities.Reasoning) != Capabilities.None
        && IsOpenAi(deployment.Provider.BaseUrl.Host);

    private static bool IsOpenAi(string host) =>
        IsUnder(host, "openai.com") || IsUnder(host, "azure.com") || IsUnder(host, "openai.azure.us");

    // Gemini 3 takes a thinking level instead of a budget, and answers 400 to a call without signature.
    private static bool IsGemini3(string name)
    {
        var at = name.IndexOf("gemini-", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && name.Length > at + 7 && name[at + 7] is >= '3' and <= '9';
    }

    // The budget of 2.5 Pro begins at 128, that of Flash and Flash-Lite at 0 (Gemini API, thinking).
    private static bool IsGeminiPro(string name) => name.Contains("gemini-2.5-pro", StringComparison.OrdinalIgnoreCase);

    private static bool CompletesPrompts(Deployment deployment) =>
        (deployment.Model.Capabilities & Capabilities.Completions) != Capabilities.None;

    private static bool RefusesStreamOptions(Uri baseUrl) =>
        IsUnderAny(baseUrl.Host, StrictDomains)
        || (
            IsUnderAny(baseUrl.Host, AzureDomains)
            && baseUrl.Query.StartsWith(ApiVersion + "20", StringComparison.OrdinalIgnoreCase)
            && string.CompareOrdinal(baseUrl.Query[ApiVersion.Length..], FirstAzureStreamOptions) < 0
        );

    private static bool EndsAtClassicAzure(Uri baseUrl) =>
        IsUnderAny(baseUrl.Host, AzureDomains)
        && baseUrl.Query.StartsWith(ApiVersion, StringComparison.OrdinalIgnoreCase)
        && baseUrl.AbsolutePath.TrimEnd('/') is "/openai";

    /// <summary>Version in a name such as <c>claude-opus-4-7</c>, as 407; 0 = none. Dates behind it are no part of it.</summary>
    private static int ClaudeVersion(string name)
    {
        const int MostDigits = 2;
        var start = name.IndexOf("claude-", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return 0;
        }

        var version = 0;
        var parts = 0;
        foreach (var word in name[start..].Split('-', '.', '@', ':'))
        {
            if (
                word.Length <= MostDigits
                && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            )
            {
                version = (version * 100) + n;
                parts++;
            }
            else if (parts > 0)
            {
                break;
            }
        }

        return parts == 1 ? version * 100 : version;
    }

    private static bool IsUnderAny(string host, ImmutableArray<string> domains)
    {
        foreach (var domain in domains)
        {
            if (IsUnder(host, domain))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnder(string host, string domain) =>
        host.Length > domain.Length
        && host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
        && host[^(domain.Length + 1)] == '.';
}
