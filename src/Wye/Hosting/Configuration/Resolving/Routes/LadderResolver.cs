using System.Collections.Frozen;
using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Chat;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Hosting.Configuration.Routes;
using Wye.Primitives;
using Wye.Routing.Ladders;
using Wye.Routing.Selection;

namespace Wye.Hosting.Configuration.Resolving.Routes;

/// <summary>How a route gets cheaper while budgets run out, as written → as decided by.</summary>
internal static class LadderResolver
{
    public static BudgetLadder Resolve(ResolveScope scope, string path, RouteConfig config, ImmutableArray<Tier> tiers)
    {
        var ladder = BudgetLadder.Default with { Paced = config.BudgetPacing ?? false };
        if (config.BudgetLadder is { } written)
        {
            ladder = ladder with
            {
                Rungs =
                [
                    .. written
                        .Select((rung, i) => Rung(scope, $"{path}.budget_ladder[{i}]", rung, tiers))
                        .OfType<BudgetRung>(),
                ],
            };
        }

        return config.CriticalSteps is { } kinds
            ? ladder with
            {
                CriticalSteps = Kinds(scope, $"{path}.critical_steps", kinds),
            }
            : ladder;
    }

    private static BudgetRung? Rung(ResolveScope scope, string at, LadderRungConfig rung, ImmutableArray<Tier> tiers)
    {
        if (rung.Below is not (> 0 and <= 1))
        {
            scope.Problems.Error(
                $"{at}.below",
                "A rung needs 'below' above 0 and at most 1.",
                "Write e.g. below: 0.5."
            );
            return null;
        }

        if (rung.Tier is null == rung.Tiers.IsEmpty)
        {
            scope.Problems.Error(
                at,
                "A rung sets exactly one of 'tier' and 'tiers'.",
                "Write tier: small for all, or tiers: { medium: small }."
            );
            return null;
        }

        var target = RouteResolver.TierOf(scope, $"{at}.tier", rung.Tier, tiers);
        var map = ImmutableDictionary.CreateBuilder<TierName, TierName>();
        foreach (var (from, to) in rung.Tiers)
        {
            if (
                RouteResolver.TierOf(scope, $"{at}.tiers.{from}", from, tiers) is { } dearer
                && RouteResolver.TierOf(scope, $"{at}.tiers.{from}", to, tiers) is { } cheaper
            )
            {
                map[dearer] = cheaper;
                MustLeadDown(scope, $"{at}.tiers.{from}", dearer, cheaper, tiers);
            }
        }

        return new BudgetRung(rung.Below.Value)
        {
            Priority = Priority(scope, $"{at}.priority", rung.Priority),
            Everything = rung.Tier is not null,
            Target = target,
            Tiers = map.ToImmutable(),
        };
    }

    private static void MustLeadDown(
        ResolveScope scope,
        string at,
        TierName from,
        TierName to,
        ImmutableArray<Tier> tiers
    )
    {
        if (TierChoice.Find(tiers, to)!.Rank >= TierChoice.Find(tiers, from)!.Rank)
        {
            scope.Problems.Error(
                at,
                $"The tier '{to}' is not below '{from}' in this route.",
                "Name a tier that stands before it."
            );
        }
    }

    private static CallerPriority Priority(ResolveScope scope, string at, string? written)
    {
        if (written is not (null or "normal" or "low"))
        {
            scope.Problems.Error(
                at,
                $"There is no priority {scope.Problems.Show(at, written)} for a rung.",
                "Write normal or low; critical requests are never degraded."
            );
        }

        return written is "low" ? CallerPriority.Low : CallerPriority.Normal;
    }

    private static FrozenSet<StepKind> Kinds(ResolveScope scope, string path, ImmutableArray<string> names)
    {
        var kinds = new HashSet<StepKind>();
        for (var i = 0; i < names.Length; i++)
        {
            if (StepKinds.TryParse(names[i], out var kind))
            {
                kinds.Add(kind);
            }
            else
            {
                var at = $"{path}[{i}]";
                scope.Problems.Error(
                    at,
                    $"There is no step kind {scope.Problems.Show(at, names[i])}.",
                    scope.Problems.Suggest(names[i], StepKinds.All.Select(each => each.Name()), "See docs/http.md.")
                );
            }
        }

        return kinds.ToFrozenSet();
    }
}
