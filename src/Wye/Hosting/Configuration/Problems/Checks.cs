using System.Globalization;

namespace Wye.Hosting.Configuration.Problems;

/// <summary>The range and form checks that every step uses.</summary>
internal static class Checks
{
    /// <summary>A count within bounds; null stays null, a wrong one is reported and gives null.</summary>
    public static int? Count(this ProblemList problems, string path, int? value, int min, int max)
    {
        if (value is not { } number || (number >= min && number <= max))
        {
            return value;
        }

        problems.Error(
            path,
            $"The value {problems.ShowNumber(path, number)} is out of range.",
            string.Create(CultureInfo.InvariantCulture, $"Use a whole number from {min} to {max}.")
        );
        return null;
    }

    /// <summary>A duration above zero and at most <paramref name="max"/>, or from zero where that is allowed.</summary>
    public static TimeSpan? Duration(
        this ProblemList problems,
        string path,
        TimeSpan? value,
        TimeSpan max,
        bool allowZero = false
    )
    {
        if (value is not { } span || (span <= max && (allowZero ? span >= TimeSpan.Zero : span > TimeSpan.Zero)))
        {
            return value;
        }

        problems.Error(
            path,
            "The duration is out of range.",
            $"Use {(allowZero ? "0s" : "more than 0s")} up to {Seconds(max)}."
        );
        return null;
    }

    /// <summary>A name: not empty, not too long, printable, no blank at its ends.</summary>
    public static bool Name(this ProblemList problems, string path, string what, string name)
    {
        if (name.Length is > 0 and <= ConfigDefaults.MaxNameLength && name.All(c => c is > ' ' and < '\u007f'))
        {
            return true;
        }

        problems.Error(
            path,
            $"{problems.Show(path, name)} cannot be the name of a {what}.",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Use 1 to {ConfigDefaults.MaxNameLength} printable ASCII characters without blanks."
            )
        );
        return false;
    }

    /// <summary>A region or compliance tag: lower-case letters, digits and hyphens.</summary>
    public static bool Label(this ProblemList problems, string path, string what, string label)
    {
        if (
            label.Length is > 0 and <= 32
            && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')
        )
        {
            return true;
        }

        problems.Error(
            path,
            $"{problems.Show(path, label)} is not a {what}.",
            "Use 1 to 32 lower-case letters, digits and hyphens, e.g. 'eu'."
        );
        return false;
    }

    public static string ShowNumber(this ProblemList problems, string path, IFormattable number) =>
        problems.Show(path, number.ToString(null, CultureInfo.InvariantCulture)).Trim('\'');

    private static string Seconds(TimeSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds}s");
}
