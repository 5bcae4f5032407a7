using System.Globalization;
using Wye.Access;
using Wye.Access.Limits;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Hosting.Callers;

/// <summary>What a caller is told when a limit of the key is in the way.</summary>
internal static class LimitErrors
{
    /// <summary>Code of a request that no waiting helps.</summary>
    public const string TooLarge = "request_above_token_limit";

    public static ChatError Of(VirtualKey key, in LimitRefusal refusal)
    {
        var who = key.Name.Length > 0 ? $"Key '{key.Name}'" : $"Key '{key.Id}'";
        var limit = refusal.Limit.ToString("N0", CultureInfo.InvariantCulture);
        var asked = refusal.Asked.ToString("N0", CultureInfo.InvariantCulture);
        var message = refusal.Kind switch
        {
            LimitKind.Requests => $"{who} is at its limit of {limit} requests per minute.",
            LimitKind.Concurrency => $"{who} is at its limit of {limit} requests at once.",
            _ when refusal.IsHopeless =>
                $"{who} has a limit of {limit} tokens per minute; this request needs about {asked}. Make it shorter or lower max_tokens.",
            _ => $"{who} is at its limit of {limit} tokens per minute; this request needs about {asked}.",
        };
        return new ChatError(FailureKind.RateLimited, message)
        {
            Code = refusal.IsHopeless ? TooLarge : "rate_limit_exceeded",
            RetryAfter = refusal.RetryAfter,
        };
    }
}
