namespace Wye.Access.Desk;

/// <summary>A key gives away only what it has itself.</summary>
internal static class KeyScope
{
    /// <summary>What a draft has beyond an actor, in one sentence; null = nothing.</summary>
    public static KeyRefusal? FirstExcess(KeyActor actor, KeyDraft draft)
    {
        if (actor.Own is not { } own)
        {
            return null;
        }

        var (mine, its) = (own.Rules, draft.Rules);
        return !RoleRights.Has(own.Role, RoleRights.Of(draft.Role)) ? Beyond("role", "its role has more rights")
            : !NamePattern.Covers(mine.Routes, its.Routes) ? Beyond("routes", "it names routes yours may not ask for")
            : !NamePattern.Covers(mine.Models, its.Models) ? Beyond("models", "it names models yours may not use")
            : !Within(mine.RequestsPerMinute, its.RequestsPerMinute) ? Beyond("rpm", "its limit is above yours")
            : !Within(mine.TokensPerMinute, its.TokensPerMinute) ? Beyond("tpm", "its limit is above yours")
            : !Within(mine.MaxConcurrent, its.MaxConcurrent) ? Beyond("max_concurrent", "its limit is above yours")
            : own.ExpiresAt is { } end && !(draft.ExpiresAt <= end) ? Beyond("expires_at", "it would outlive yours")
            : !WithinBudgets(mine, its) ? Beyond("budgets", "its budgets allow more than yours")
            : null;
    }

    private static bool Within(long? most, long? wanted) => most is null || wanted <= most;

    private static bool WithinBudgets(KeyRules mine, KeyRules its)
    {
        foreach (var bound in mine.Budgets)
        {
            if (
                !its.Budgets.Any(budget =>
                    budget.Per == bound.Per && budget.Limit <= bound.Limit && (budget.Hard || !bound.Hard)
                )
            )
            {
                return false;
            }
        }

        return true;
    }

    private static KeyRefusal Beyond(string field, string why) =>
        new(KeyRefusalKind.Forbidden, $"Your key cannot give that away: {why}.", field);
}
