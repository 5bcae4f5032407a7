using System.Globalization;
using Microsoft.AspNetCore.Http;
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
    private static readonly Names Requests = new(
        "x-ratelimit-limit-requests",
        "x-ratelimit-remaining-requests",
        "x-ratelimit-reset-requests"
    );

    private static readonly Names Tokens = new(
        "x-ratelimit-limit-tokens",
        "x-ratelimit-remaining-tokens",
        "x-ratelimit-reset-tokens"
    );

    public static void Write(IHeaderDictionary headers, DialectId dialect, CallerSession session)
    {
        var state = session.Caller.State!;
        var rules = state.Key.Rules;
        if (rules is { RequestsPerMinute: null, TokensPerMinute: null })
        {
            return;
        }

        var (requests, tokens) = state.Limiter.Status(rules);
        if (dialect == DialectId.Anthropic)
        {
            Anthropic(headers, "requests", requests, session.Time);
            Anthropic(headers, "tokens", tokens, session.Time);
        }
        else
        {
            OpenAi(headers, Requests, requests);
            OpenAi(headers, Tokens, tokens);
        }
    }

    private static void OpenAi(IHeaderDictionary headers, in Names names, LimitStatus? status)
    {
        if (status is { } known)
        {
            headers[names.Limit] = Text(known.Limit);
            headers[names.Remaining] = Text(known.Remaining);
            headers[names.Reset] = Duration(known.Reset);
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

    private readonly record struct Names(string Limit, string Remaining, string Reset);
}
