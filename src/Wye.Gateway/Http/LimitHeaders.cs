using System.Globalization;
using Microsoft.AspNetCore.Http;
using Wye.Access;
using Wye.Access.Limits;
using Wye.Chat;

namespace Wye.Gateway.Http;

/// <summary>What is left of a key's limits, under the names the caller's dialect has for it.</summary>
/// <remarks>
/// OpenAI: <c>x-ratelimit-*</c>, resets as durations (<c>6m0s</c>). Anthropic: <c>anthropic-ratelimit-*</c>, resets as moments
/// (RFC 3339). Only limits that the key has are sent.
/// </remarks>
internal static class LimitHeaders
{
    public static (LimitStatus? Requests, LimitStatus? Tokens) StatusOf(AuthenticatedKey caller) =>
        caller.State!.Limiter.Status(caller.State.Key.Rules);

    public static void Write(
        IHeaderDictionary headers,
        (LimitStatus? Requests, LimitStatus? Tokens) status,
        DialectId dialect,
        TimeProvider time
    )
    {
        if (dialect == DialectId.Anthropic)
        {
            Anthropic(headers, "requests", status.Requests, time);
            Anthropic(headers, "tokens", status.Tokens, time);
        }
        else
        {
            OpenAi(headers, "requests", status.Requests);
            OpenAi(headers, "tokens", status.Tokens);
        }
    }

    private static void OpenAi(IHeaderDictionary headers, string what, LimitStatus? status)
    {
        if (status is { } known)
        {
            headers["x-ratelimit-limit-" + what] = Text(known.Limit);
            headers["x-ratelimit-remaining-" + what] = Text(known.Remaining);
            headers["x-ratelimit-reset-" + what] = Duration(known.Reset);
        }
    }

    private static void Anthropic(IHeaderDictionary headers, string what, LimitStatus? status, TimeProvider time)
    {
        if (status is { } known)
        {
            var reset = time.GetUtcNow().UtcDateTime + known.Reset + TimeSpan.FromSeconds(1);
            headers[$"anthropic-ratelimit-{what}-limit"] = Text(known.Limit);
            headers[$"anthropic-ratelimit-{what}-remaining"] = Text(known.Remaining);
            headers[$"anthropic-ratelimit-{what}-reset"] = reset.ToString(
                "yyyy-MM-dd'T'HH:mm:ss'Z'",
                CultureInfo.InvariantCulture
            );
        }
    }

    // Whole seconds, rounded up: whoever waits that long finds it free.
    private static string Duration(TimeSpan time)
    {
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        return seconds < 60 ? $"{Text(seconds)}s" : $"{Text(seconds / 60)}m{Text(seconds % 60)}s";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
