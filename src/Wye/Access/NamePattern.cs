using System.Collections.Immutable;

namespace Wye.Access;

/// <summary>Names in allow-lists: exact, or a beginning followed by <c>*</c>. Compared ordinally.</summary>
public static class NamePattern
{
    /// <summary>Whether a name is allowed; null = everything is.</summary>
    public static bool Allows(ImmutableArray<string>? patterns, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return patterns is not { } list || MatchesAny(list, name);
    }

    /// <summary>Whether everything the narrower list allows is allowed by the wider one.</summary>
    internal static bool Covers(ImmutableArray<string>? wider, ImmutableArray<string>? narrower)
    {
        if (wider is not { } outer)
        {
            return true;
        }

        if (narrower is not { } inner)
        {
            return false;
        }

        foreach (var pattern in inner)
        {
            if (!CoversOne(outer, pattern))
            {
                return false;
            }
        }

        return true;
    }

    // "a*" is covered by "a*" and "*", never by "a": the star is then matched as part of the text.
    private static bool CoversOne(ImmutableArray<string> outer, string pattern)
    {
        var stem = pattern.AsSpan().TrimEnd('*');
        foreach (var candidate in outer)
        {
            var covers = candidate.EndsWith('*')
                ? stem.StartsWith(candidate.AsSpan(0, candidate.Length - 1), StringComparison.Ordinal)
                : string.Equals(candidate, pattern, StringComparison.Ordinal);
            if (covers)
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesAny(ImmutableArray<string> patterns, string name)
    {
        foreach (var pattern in patterns)
        {
            var matches = pattern.EndsWith('*')
                ? name.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
                : string.Equals(pattern, name, StringComparison.Ordinal);
            if (matches)
            {
                return true;
            }
        }

        return false;
    }
}
