namespace Wye.Routing.Errors;

/// <summary>The known names nearest to a mistyped one.</summary>
internal static class NameSuggestion
{
    private const int MostShown = 3;
    private const int LongestCompared = 64;

    /// <summary>Names within a third of their length in edits, or that contain or start the name; nearest first.</summary>
    public static IReadOnlyList<string> Nearest(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > LongestCompared)
        {
            return [];
        }

        return
        [
            .. known
                .Where(one => one.Length <= LongestCompared)
                .Select(one => (Name: one, Distance: Distance(name, one)))
                .Where(pair => pair.Distance <= (name.Length < 4 ? 1 : Math.Max(2, name.Length / 3)))
                .OrderBy(pair => pair.Distance)
                .ThenBy(pair => pair.Name, StringComparer.Ordinal)
                .Take(MostShown)
                .Select(pair => pair.Name),
        ];
    }

    // Levenshtein, but a longer known name that starts with what was typed (a dated version) counts as one edit.
    private static int Distance(string typed, string known)
    {
        if (known.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
        {
            return Math.Min(1, known.Length - typed.Length);
        }

        Span<int> row = stackalloc int[LongestCompared + 1];
        for (var j = 0; j <= known.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= typed.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= known.Length; j++)
            {
                var substituted =
                    diagonal + (char.ToLowerInvariant(typed[i - 1]) == char.ToLowerInvariant(known[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[known.Length];
    }
}
