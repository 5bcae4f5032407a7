using System.Globalization;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>Reads the durations in which OpenAI says when a limit resets: "200ms", "1s", "6m0s", "1h2m".</summary>
internal static class LimitReset
{
    /// <summary>Null: it is none.</summary>
    public static TimeSpan? Read(string text)
    {
        var total = TimeSpan.Zero;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (
                digits <= 0
                || !double.TryParse(rest[..digits], CultureInfo.InvariantCulture, out var number)
                || Unit(rest[digits..], out var length) is not { } unit
            )
            {
                return null;
            }

            total += unit * number;
            rest = rest[(digits + length)..];
        }

        return text.Length == 0 ? null : total;
    }

    private static TimeSpan? Unit(ReadOnlySpan<char> text, out int length)
    {
        length = text.StartsWith("ms") ? 2 : 1;
        return length == 2
            ? TimeSpan.FromMilliseconds(1)
            : text[0] switch
            {
                's' => TimeSpan.FromSeconds(1),
                'm' => TimeSpan.FromMinutes(1),
                'h' => TimeSpan.FromHours(1),
                _ => null,
            };
    }
}
