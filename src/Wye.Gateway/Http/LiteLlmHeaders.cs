using System.Globalization;
using Microsoft.AspNetCore.Http;
using Wye.Delivery;
using Wye.Ledger;

namespace Wye.Gateway.Http;

/// <summary>The provenance headers under the names LiteLLM gives them, for callers who move; only with <c>server.litellm_headers</c>.</summary>
/// <remarks>Left out is what Wye has no equal of: <c>x-litellm-key-spend</c> (needs key budgets) and the provider's address.</remarks>
internal static class LiteLlmHeaders
{
    public const string CallId = "x-litellm-call-id";
    public const string ModelId = "x-litellm-model-id";
    public const string ModelGroup = "x-litellm-model-group";
    public const string Cost = "x-litellm-response-cost";
    public const string Duration = "x-litellm-response-duration-ms";
    public const string Overhead = "x-litellm-overhead-duration-ms";
    public const string Retries = "x-litellm-attempted-retries";
    public const string Fallbacks = "x-litellm-attempted-fallbacks";

    public static void Write(IHeaderDictionary headers, DeliveryHead head)
    {
        headers[CallId] = head.Request.Value;
        headers[ModelGroup] = WyeHeaders.Safe(head.Route.Value);
        if (head.Deployment is { } deployment)
        {
            headers[ModelId] = WyeHeaders.Safe(deployment.Value);
        }
    }

    public static void Write(IHeaderDictionary headers, Outcome outcome)
    {
        Write(headers, outcome.Head);
        var request = outcome.Record.Request;
        var (retries, fallbacks, upstream) = (0, 0, 0.0);
        foreach (var attempt in outcome.Record.Attempts)
        {
            retries += Is(attempt, "retry");
            fallbacks += Is(attempt, "fallback");
            upstream += attempt.TotalMilliseconds;
        }

        headers[Cost] = WyeHeaders.Dollars(outcome.Cost);
        headers[Duration] = Milliseconds(request.TotalMilliseconds);
        headers[Overhead] = Milliseconds(Math.Max(0, request.TotalMilliseconds - upstream));
        headers[Retries] = retries.ToString(CultureInfo.InvariantCulture);
        headers[Fallbacks] = fallbacks.ToString(CultureInfo.InvariantCulture);
    }

    private static int Is(AttemptEntry attempt, string cause) =>
        string.Equals(attempt.Cause, cause, StringComparison.Ordinal) ? 1 : 0;

    private static string Milliseconds(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
