using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Access.Desk;

/// <summary>Bounds of what may be said of a key.</summary>
internal static class KeyDraftCheck
{
    public const int MostNames = 200;
    public const int MostTags = 16;
    public const int MostMetadata = 32;
    public const int MostBudgets = 16;
    private const int MostNameCharacters = 128;
    private const int MostTextCharacters = 512;
    private const int MostTitleCharacters = 100;
    private static readonly Usd MostBudget = Usd.FromDollars(1_000_000);

    /// <summary>What is wrong with a draft; null = nothing.</summary>
    public static KeyRefusal? FirstProblem(KeyDraft draft, DateTimeOffset now)
    {
        var rules = draft.Rules;
        return Title(draft.Name)
            ?? (draft.ExpiresAt <= now ? Wrong("expires_at", "expires_at must lie in the future.") : null)
            ?? Names("routes", rules.Routes)
            ?? Names("models", rules.Models)
            ?? Range("rpm", rules.RequestsPerMinute, 10_000_000)
            ?? Range("tpm", rules.TokensPerMinute, 1_000_000_000_000)
            ?? Range("max_concurrent", rules.MaxConcurrent, 1_000_000)
            ?? Budgets(rules.Budgets)
            ?? Tags(rules.Tags)
            ?? Metadata(rules.Metadata);
    }

    private static KeyRefusal? Title(string name) =>
        name.Length <= MostTitleCharacters && !HasControl(name)
            ? null
            : Wrong("name", $"name takes at most {MostTitleCharacters} characters and no control characters.");

    private static KeyRefusal? Names(string field, ImmutableArray<string>? names)
    {
        if (names is not { } list)
        {
            return null;
        }

        if (list.IsDefaultOrEmpty || list.Length > MostNames)
        {
            return Wrong(field, $"{field} takes 1..{MostNames} names; leave it out, or give null, to allow every one.");
        }

        return list.Any(name =>
            name.Length is 0 or > MostNameCharacters
            || HasControl(name)
            || name.AsSpan(0, name.Length - 1).Contains('*')
        )
            ? Wrong(field, $"{field} takes names of 1..{MostNameCharacters} characters; * may stand at the end only.")
            : null;
    }

    private static KeyRefusal? Range(string field, long? value, long most) =>
        value is null || (value >= 1 && value <= most)
            ? null
            : Wrong(field, $"{field} takes a whole number in 1..{most}, or null for no limit.");

    private static KeyRefusal? Budgets(ImmutableArray<KeyBudget> budgets) =>
        budgets.Length > MostBudgets ? Wrong("budgets", $"A key takes at most {MostBudgets} budgets.")
        : budgets.Any(budget => budget.Limit <= Usd.Zero || budget.Limit > MostBudget)
            ? Wrong("budgets", "The limit of a budget lies above 0 and is at most 1000000 USD.")
        : budgets.DistinctBy(budget => (budget.Per, budget.Hard)).Count() < budgets.Length
            ? Wrong("budgets", "Two budgets have the same period; the larger one would never hold. Keep one.")
        : null;

    private static KeyRefusal? Tags(ImmutableArray<string> tags) =>
        tags.Length <= MostTags
        && tags.All(tag =>
            tag.Length is > 0 and <= MostNameCharacters
            && !HasControl(tag)
            && !tag.Contains(',', StringComparison.Ordinal)
        )
            ? null
            : Wrong(
                "tags",
                $"tags takes at most {MostTags} texts of 1..{MostNameCharacters} characters without commas."
            );

    private static KeyRefusal? Metadata(ImmutableSortedDictionary<string, string> metadata) =>
        metadata.Count <= MostMetadata
        && metadata.All(pair =>
            pair.Key.Length is > 0 and <= MostNameCharacters && pair.Value.Length <= MostTextCharacters
        )
            ? null
            : Wrong(
                "metadata",
                $"metadata takes at most {MostMetadata} texts of at most {MostTextCharacters} characters."
            );

    private static bool HasControl(string text) => text.Any(char.IsControl);

    private static KeyRefusal Wrong(string field, string message) => new(KeyRefusalKind.Invalid, message, field);
}
