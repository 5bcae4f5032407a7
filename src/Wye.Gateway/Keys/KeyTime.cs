using System.Globalization;

namespace Wye.Gateway.Keys;

/// <summary>Times of keys as people write them.</summary>
internal static class KeyTime
{
    private const long MostSeconds = 10_000 * 86_400L;

    /// <summary>A time from now such as <c>90d</c> or <c>12h</c>, or a moment or day, UTC unless it says otherwise; null = neither.</summary>
    public static DateTimeOffset? Moment(string? text, DateTimeOffset now) =>
        text is null ? null
        : Seconds(text) is { } seconds ? now.AddSeconds(seconds)
        : DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? moment
        : null;

    /// <summary>Seconds of a time such as <c>24h</c>, <c>30m</c>, <c>7d</c>, <c>90s</c>, of 10,000 days at most; null = not such a time.</summary>
    public static long? Seconds(string text)
    {
        var unit =
            text.Length < 2
                ? 0
                : text[^1] switch
                {
                    's' => 1,
                    'm' => 60,
                    'h' => 3_600,
                    'd' => 86_400,
                    _ => 0,
                };
        return
            unit > 0
            && long.TryParse(
                text.AsSpan(0, text.Length - 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var count
            )
            && count <= MostSeconds / unit
            ? count * unit
            : null;
    }
}
