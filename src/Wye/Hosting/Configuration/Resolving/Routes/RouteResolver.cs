using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Hosting.Configuration.Routes;
using Wye.Primitives;
using Wye.Routing;
using Wye.Routing.Routes;

namespace Wye.Hosting.Configuration.Resolving.Routes;

/// <summary>One route as written → a route that can be decided by.</summary>
internal sealed class RouteResolver(ResolveScope scope, string path, RouteConfig config)
{
    private ProblemList Problems => scope.Problems;

    /// <summary>The route; null when it cannot stand, which is then among the problems.</summary>
    /// <param name="asksPolicies">Whether selection policies are asked: not where the caller names the model.</param>
    public RouteModel? Resolve(bool asksPolicies)
    {
        var tiers = Tiers();
        var policies = asksPolicies ? Policies() : [];
        var balancing = Balancing();
        var bounds = new BoundsResolver(Problems, path, config);
        var route = new RouteModel
        {
            Name = new RouteName(config.Name),
            Tiers = tiers,
            Policies = policies,
            Balancing = balancing!,
            Strong = ModelOf($"{path}.strong", config.Strong)?.Id,
            Fallbacks = Fallbacks("fallbacks", config.Fallbacks),
            ContextWindowFallbacks = config.ContextWindowFallbacks is { } larger
                ? Fallbacks("context_window_fallbacks", larger)
                : null,
            ContentPolicyFallbacks = Fallbacks("content_policy_fallbacks", config.ContentPolicyFallbacks),
            Quality = bounds.Quality(),
            MaxCost = bounds.Cost(),
            Regions = Labels("regions", "region", config.Regions),
            Compliance = Labels("compliance", "compliance tag", config.Compliance),
            MaxInputPrice = bounds.PricePerMillion("max_input_price", config.MaxInputPrice),
            MaxOutputPrice = bounds.PricePerMillion("max_output_price", config.MaxOutputPrice),
            MaxFirstToken = Problems.Duration(
                $"{path}.max_first_token",
                config.MaxFirstToken,
                ConfigDefaults.MaxTimeout
            ),
            MinHeadroom = bounds.Share("min_headroom", config.MinHeadroom),
            Sticky = config.Sticky ?? true,
            AllowModelDirective = config.AllowModelDirective ?? false,
            Tier = TierOf($"{path}.tier", config.Tier, tiers),
            StepTiers = config.StepTiers.ToImmutableDictionary(
                pair => pair.Key,
                pair => TierOf($"{path}.step_tiers.{pair.Key}", pair.Value, tiers) ?? default,
                StringComparer.Ordinal
            ),
            StepKindTiers = StepKindTiers(tiers),
            Learned = new ObjectiveResolver(Problems, path, config).Resolve(
                policies,
                ModelOf($"{path}.weak", config.Weak)?.Id
            ),
            Rules = RuleResolver.Resolve(scope, path, config.Rules, tiers),
            Ladder = LadderResolver.Resolve(scope, path, config, tiers),
            Bounds = bounds.Plan(),
        };
        if (asksPolicies && !tiers.IsEmpty)
        {
            var cascades = new CascadeResolver(scope, path, config, tiers);
            route = route with { Cascade = cascades.Cascade(), JudgeRouter = cascades.JudgeRouter() };
        }

        if (balancing is null || tiers.IsEmpty)
        {
            return null;
        }

        RouteCoverage.Check(Problems, scope, path, route);
        return route;
    }

    /// <summary>The tier of that name within the route; null when unset or wrong.</summary>
    public static TierName? TierOf(ResolveScope scope, string at, string? name, ImmutableArray<Tier> tiers)
    {
        if (name is null)
        {
            return null;
        }

        if (tiers.Any(tier => string.Equals(tier.Name.Value, name, StringComparison.Ordinal)))
        {
            return new TierName(name);
        }

        var shown = scope.Problems.Show(at, name);
        if (scope.FindTier(name) is not null)
        {
            scope.Problems.Error(at, $"The tier {shown} is not one of this route.", "Add it to the route's tiers.");
        }
        else if (!scope.Config.Tiers.Any(tier => string.Equals(tier.Name, name, StringComparison.Ordinal)))
        {
            scope.Problems.Error(
                at,
                $"There is no tier {shown}.",
                scope.Problems.Suggest(name, scope.Tiers.Select(tier => tier.Name.Value), "Add it under tiers.")
            );
        }

        return null;
    }

    private TierName? TierOf(string at, string? name, ImmutableArray<Tier> tiers) => TierOf(scope, at, name, tiers);

    private ImmutableArray<Tier> Tiers()
    {
        if (config.Tiers.IsEmpty)
        {
            return scope.Tiers;
        }

        var wanted = new HashSet<TierName>();
        for (var i = 0; i < config.Tiers.Length; i++)
        {
            if (TierOf($"{path}.tiers[{i}]", config.Tiers[i], scope.Tiers) is { } tier)
            {
                wanted.Add(tier);
            }
        }

        return [.. scope.Tiers.Where(tier => wanted.Contains(tier.Name))];
    }

    private ImmutableArray<ISelectionPolicy> Policies()
    {
        var fixesTiers = config.Tier is not null || !config.StepTiers.IsEmpty || !config.StepKindTiers.IsEmpty;
        var names = config.Policies;
        if (names.IsEmpty)
        {
            names =
                ObjectiveResolver.IsSet(config) ? ConfigDefaults.PoliciesWithLearning
                : fixesTiers ? ConfigDefaults.PoliciesWithTiers
                : ConfigDefaults.Policies;
            names = config.Rules.IsEmpty ? names : names.Insert(0, "rules");
        }

        var policies = ImmutableArray.CreateBuilder<ISelectionPolicy>();
        for (var i = 0; i < names.Length; i++)
        {
            var at = $"{path}.policies[{i}]";
            if (scope.Policies.FindSelection(names[i]) is not { } policy)
            {
                Problems.Error(
                    at,
                    $"There is no policy {Problems.Show(at, names[i])}.",
                    Problems.Suggest(names[i], scope.Policies.SelectionNames, "Register one.")
                );
            }
            else if (policies.Contains(policy))
            {
                Problems.Error(at, $"The policy {Quotation.Of(names[i])} is named twice.", "Remove one of them.");
            }
            else
            {
                policies.Add(policy);
            }
        }

        if (!config.Rules.IsEmpty && !names.Contains("rules", StringComparer.Ordinal))
        {
            Problems.Warn(
                $"{path}.rules",
                "The route has rules, but its policies do not ask them.",
                "Put 'rules' first in policies."
            );
        }

        return policies.ToImmutable();
    }

    private IBalancingPolicy? Balancing()
    {
        var at = $"{path}.balancing";
        var name = config.Balancing ?? ConfigDefaults.Balancing;
        var policy = scope.Policies.FindBalancing(name);
        if (policy is null)
        {
            Problems.Error(
                at,
                $"There is no balancing policy {Problems.Show(at, name)}.",
                Problems.Suggest(name, scope.Policies.BalancingNames, "Register one.")
            );
        }

        return policy;
    }

    private Model? ModelOf(string at, string? name)
    {
        var model = name is null ? null : scope.FindModel(name);
        if (name is not null && model is null && !scope.Refused.Contains(name))
        {
            var (what, fix) = ModelReferences.Unknown(scope, Problems.Show(at, name), name);
            Problems.Error(at, what, fix);
        }

        return model;
    }

    private ImmutableArray<ModelId> Fallbacks(string key, ImmutableArray<string> names)
    {
        var models = new List<ModelId>();
        for (var i = 0; i < names.Length; i++)
        {
            if (scope.FindTier(names[i]) is { } tier)
            {
                models.AddRange(tier.Models);
            }
            else if (ModelOf($"{path}.{key}[{i}]", names[i]) is { } model)
            {
                models.Add(model.Id);
            }
        }

        return [.. models.Distinct()];
    }

    private ImmutableArray<string> Labels(string key, string what, ImmutableArray<string> labels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            Problems.Label($"{path}.{key}[{i}]", what, labels[i]);
        }

        return labels;
    }

    private ImmutableDictionary<StepKind, TierName> StepKindTiers(ImmutableArray<Tier> tiers)
    {
        var byKind = ImmutableDictionary.CreateBuilder<StepKind, TierName>();
        foreach (var (name, tier) in config.StepKindTiers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var at = $"{path}.step_kind_tiers.{name}";
            if (RuleResolver.KindOf(Problems, at, name) is { } kind && TierOf(at, tier, tiers) is { } resolved)
            {
                byKind[kind] = resolved;
            }
        }

        return byKind.ToImmutable();
    }
}
