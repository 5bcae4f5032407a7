using Wye.Catalog;
using Wye.Chat;

namespace Wye.Providers;

/// <summary>What single vendors do differently from others that speak the same dialect.</summary>
internal static class ProviderHabits
{
    /// <summary>Path of the chat endpoint under the base address.</summary>
    public static string ChatPath(DialectId dialect) =>
        dialect == DialectId.OpenAi
            ? "chat/completions"
            : throw new NotSupportedException($"No chat path is known for the dialect '{dialect}'.");

    /// <summary>
    /// Whether the deployment takes the output bound only as <c>max_completion_tokens</c>: OpenAI's own reasoning models
    /// refuse the older name, while other servers may ignore the newer one and answer without bound.
    /// </summary>
    public static bool NeedsNewerOutputBound(Deployment deployment)
    {
        var host = deployment.Provider.BaseUrl.Host;
        return (deployment.Model.Capabilities & Capabilities.Reasoning) != Capabilities.None
            && (IsUnder(host, "openai.com") || IsUnder(host, "azure.com"));
    }

    private static bool IsUnder(string host, string domain) =>
        host.Length > domain.Length
        && host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
        && host[^(domain.Length + 1)] == '.';
}
