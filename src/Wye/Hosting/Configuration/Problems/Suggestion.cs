namespace Wye.Hosting.Configuration.Problems;

/// <summary>Turns a name that is not known into the sentence that helps: the nearest known one, or all of them.</summary>
internal static class Suggestion
{
    private const int MaxListed = 12;
    private const int MaxCompared = 64;

    /// <summary>"Did you mean 'x'?", else "Known: a, b.", else <paramref name="whenNone"/>.</summary>
    public static string For(string name, IEnumerable<string> known, string whenNone)
    {
        var names = known.Distinct(StringComparer.Ordinal).ToList();
        if (Closest(name, names) is { } closest)
        {
            return $"Did you mean {Quotation.Of(closest)}?";
        }

        return names.Count == 0
            ? whenNone
            : $"Known: {string.Join(", ", names.Take(MaxListed))}{(names.Count > MaxListed ? " …" : "")}.";
    }

    /// <summary>The nearest of <paramref name="known"/> within a third of its length; null = none is near.</summary>
    public static string? Closest(string name, IEnumerable<string> known)
    {
        if (name.Length > MaxCompared)
        {
            return null;
        }

        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in known)
        {
            if (candidate.Length > MaxCompared || Math.Abs(candidate.Length - name.Length) > Allowed(candidate))
            {
                continue;
            }

            var distance = Distance(Fold(name), Fold(candidate));
            if (distance < bestDistance && distance <= Allowed(candidate))
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    private static int Allowed(string candidate) => Math.Max(1, candidate.Length / 3);

    private static string Fold(string name) => name.Replace('-', '_').ToLowerInvariant();

    /// <summary>Optimal string alignment distance: insert, delete, replace, swap neighbours.</summary>
    private static int Distance(string a, string b)
    {
        var beforeLast = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[b.Length];
    }
}
