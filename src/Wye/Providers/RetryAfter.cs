using System.Globalization;
using System.Net.Http.Headers;
using Wye.Dialects.Errors;

namespace Wye.Providers;

/// <summary>Reads how long a provider asks to be left alone, from the headers in use for it.</summary>
internal static class RetryAfter
{
    private static readonly string[] DateForms =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
    ];

    private static readonly string[] Scopes = ["requests", "tokens"];

    /// <summary>
    /// The wait, 0 up to <see cref="StatedWait.Longest"/>; null = not said. The most exact header wins: milliseconds, then
    /// <c>Retry-After</c>, then the times at which rate limits reset.
    /// </summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var wait =
            Milliseconds(Value(headers, "retry-after-ms"))
            ?? Milliseconds(Value(headers, "x-ms-retry-after-ms"))
            ?? SecondsOrDate(Value(headers, "retry-after"), now)
            ?? Resets(headers, now);
        return wait > StatedWait.Longest ? StatedWait.Longest : wait;
    }

    private static string? Value(HttpResponseHeaders headers, string name)
    {
        if (!headers.NonValidated.TryGetValues(name, out var values))
        {
            return null;
        }

        foreach (var value in values)
        {
            return value.Trim();
        }

        return null;
    }

    private static TimeSpan? Milliseconds(string? value) =>
        Number(value) is { } number ? StatedWait.Of(number / 1000) : null;

    private static TimeSpan? SecondsOrDate(string? value, DateTimeOffset now)
    {
        if (Number(value) is { } seconds)
        {
            return StatedWait.Of(seconds);
        }

        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite;
        return DateTimeOffset.TryParseExact(value, DateForms, CultureInfo.InvariantCulture, Styles, out var date)
            ? Until(date, now)
            : null;
    }

    /// <summary>The longest reset among the limits that are used up; else, when none says so, the shortest.</summary>
    private static TimeSpan? Resets(HttpResponseHeaders headers, DateTimeOffset now)
    {
        TimeSpan? usedUp = null;
        var shortest = Reset(Value(headers, "x-ratelimit-reset"), now);
        foreach (var scope in Scopes)
        {
            var reset = Reset(Value(headers, "x-ratelimit-reset-" + scope), now);
            if (Number(Value(headers, "x-ratelimit-remaining-" + scope)) is 0 && reset > (usedUp ?? TimeSpan.Zero))
            {
                usedUp = reset;
            }

            shortest = reset < (shortest ?? TimeSpan.MaxValue) ? reset : shortest;
        }

        return usedUp ?? shortest;
    }

    /// <summary>A duration (<c>6m0s</c>, <c>20ms</c>), seconds, a Unix time in seconds or milliseconds, or an ISO 8601 moment.</summary>
    private static TimeSpan? Reset(string? value, DateTimeOffset now)
    {
        const double FirstUnixSeconds = 1e9;
        const double FirstUnixMilliseconds = 1e12;
        const double LastUnixMilliseconds = 1e14;
        var wait = Number(value) switch
        {
            null => Duration(value) ?? Moment(value, now),
            >= LastUnixMilliseconds => null,
            >= FirstUnixMilliseconds and var ms => Until(DateTimeOffset.FromUnixTimeMilliseconds((long)ms), now),
            >= FirstUnixSeconds and var s => Until(DateTimeOffset.FromUnixTimeSeconds((long)s), now),
            { } seconds => StatedWait.Of(seconds),
        };

        // Zero says that the limit has room, not that a retry is due.
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static TimeSpan? Moment(string? value, DateTimeOffset now) =>
        value?.Contains('T', StringComparison.Ordinal) == true
        && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? Until(moment, now)
            : null;

    private static TimeSpan? Duration(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        var seconds = 0.0;
        var rest = value.AsSpan();
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || Number(rest[..digits]) is not { } number)
            {
                return null;
            }

            rest = rest[digits..];
            var letters = rest.IndexOfAny("0123456789.");
            var unit = letters < 0 ? rest : rest[..letters];
            if (UnitSeconds(unit) is not { } factor)
            {
                return null;
            }

            seconds += number * factor;
            rest = rest[unit.Length..];
        }

        return StatedWait.Of(seconds);
    }

    private static double? UnitSeconds(ReadOnlySpan<char> unit) =>
        unit switch
        {
            "ms" => 1e-3,
            "s" => 1,
            "m" => 60,
            "h" => 3600,
            "d" => 86400,
            _ => null,
        };

    private static double? Number(ReadOnlySpan<char> value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    private static TimeSpan Until(DateTimeOffset moment, DateTimeOffset now) =>
        moment > now ? moment - now : TimeSpan.Zero;
}
