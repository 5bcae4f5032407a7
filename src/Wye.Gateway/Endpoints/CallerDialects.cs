using Microsoft.AspNetCore.Http;
using Wye.Dialects;

namespace Wye.Gateway.Endpoints;

/// <summary>
/// In which dialect a caller is told of an error: that of the endpoint; where it has none, and where there is no endpoint,
/// Anthropic's below <c>/v1/messages</c> and for who sends <c>anthropic-version</c>, else OpenAI's.
/// </summary>
internal sealed class CallerDialects(ICallerDialect openAi, ICallerDialect anthropic)
{
    public ICallerDialect Of(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<RequiredAccess>()?.Dialect
        ?? (
            http.Request.Path.StartsWithSegments("/v1/messages", StringComparison.OrdinalIgnoreCase)
            || SpeaksAnthropic(http)
                ? anthropic
                : openAi
        );

    /// <summary>Whether the caller says so itself.</summary>
    public static bool SpeaksAnthropic(HttpContext http) => http.Request.Headers.ContainsKey("anthropic-version");
}
