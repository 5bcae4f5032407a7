using System.Globalization;

namespace Wye.Yaml;

/// <summary>Reads single values; strict, so that a slip is seen and not guessed around.</summary>
internal static class Scalars
{
    private static readonly (string Suffix, double Seconds)[] TimeUnits =
    [
        ("ms", 0.001),
        ("s", 1),
        ("m", 60),
        ("h", 3600),
    ];

    private static readonly (string Suffix, long Bytes)[] SizeUnits =
    [
        ("KiB", 1L << 10),
        ("MiB", 1L << 20),
        ("GiB", 1L << 30),
        ("kB", 1_000),
        ("KB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("B", 1),
    ];

    public static bool TryInt(string text, out int value) =>
        int.TryParse(
            text.Replace("_", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out value
        );

    public static bool TryNumber(string text, out double value) =>
        double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out value
        ) && double.IsFinite(value);

    public static bool TryMoney(string text, out decimal value) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out value
        );

    public static bool TryFlag(string text, out bool value)
    {
        value = text is "true" or "True" or "TRUE";
        return value || text is "false" or "False" or "FALSE";
    }

    public static bool TryDuration(string text, out TimeSpan value)
    {
        foreach (var (suffix, seconds) in TimeUnits)
        {
            if (
                text.EndsWith(suffix, StringComparison.Ordinal)
                && TryNumber(text[..^suffix.Length].TrimEnd(), out var number)
                && Math.Abs(number * seconds) < 1e9
            )
            {
                value = TimeSpan.FromSeconds(number * seconds);
                return true;
            }
        }

        value = default;
        return text is "0";
    }

    public static bool TryBytes(string text, out long value)
    {
        foreach (var (suffix, bytes) in SizeUnits)
        {
            if (
                text.EndsWith(suffix, StringComparison.Ordinal)
                && TryNumber(text[..^suffix.Length].TrimEnd(), out var number)
                && Math.Abs(number * bytes) < 1e15
            )
            {
                value = (long)(number * bytes);
                return true;
            }
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryTimeOfDay(string text, out TimeOnly value) =>
        TimeOnly.TryParseExact(
            text,
            ["HH:mm", "H:mm", "HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out value
        );

    public static bool TryDay(string text, out DateOnly value) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
}
