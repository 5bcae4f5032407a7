using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Hosting.Configuration.Routes;
using Wye.Primitives;
using Wye.Routing;
using Wye.Routing.Routes;

namespace Wye.Hosting.Configuration.Resolving.Routes;

/// <summary>The stages of a route, and whom it asks who shall answer.</summary>
internal sealed class CascadeResolver(ResolveScope scope, string path, RouteConfig config, ImmutableArray<Tier> tiers)
{
    private const double LeastBreakEven = 0.3;

    private ProblemList Problems => scope.Problems;

    /// <summary>The cascade; null when the route has none.</summary>
    public CascadeModel? Cascade()
    {
        var wanted = config.Policies.Contains("cascade", StringComparer.Ordinal);
        if (!wanted && config.Stages.IsEmpty && config.Gate is null)
        {
            return null;
        }

        if (!wanted)
        {
            Problems.Warn(
                $"{path}.{(config.Stages.IsEmpty ? "gate" : "stages")}",
                "The route has stages or a gate, but its policies do not ask for a cascade.",
                "Put 'cascade' into policies."
            );
        }

        ImmutableArray<StageConfig> written = config.Stages.IsEmpty
            ? [.. tiers.Select(tier => new StageConfig { Use = tier.Name.Value })]
            : config.Stages;
        if (written.Length < 2)
        {
            Problems.Error($"{path}.stages", "A cascade needs at least two stages.", "Write stages: [small, large].");
            return null;
        }

        var stages = ImmutableArray.CreateBuilder<CascadeStage>();
        for (var i = 0; i < written.Length; i++)
        {
            if (Stage($"{path}.stages[{i}]", written[i], isLast: i == written.Length - 1) is { } stage)
            {
                stages.Add(stage);
            }
        }

        if (stages.Count != written.Length)
        {
            return null;
        }

        if (!stages.Take(stages.Count - 1).Any(stage => stage.Gate is not null))
        {
            Problems.Error(
                $"{path}.gate",
                "No stage of the cascade has a gate.",
                "Write gate: NAME, e.g. gate: wellformed."
            );
        }

        Advise(stages);
        return new CascadeModel { Stages = stages.ToImmutable(), ShowRefused = config.ShowRefused ?? false };
    }

    /// <summary>The judge router; null when the route has none.</summary>
    public JudgeRouterModel? JudgeRouter()
    {
        var wanted = config.Policies.Contains("judge_router", StringComparer.Ordinal);
        if (!wanted && config.JudgeRouter is null)
        {
            return null;
        }

        var written = config.JudgeRouter ?? new JudgeRouterConfig();
        var at = $"{path}.judge_router";
        if (!wanted)
        {
            Problems.Warn(at, "The route's policies do not ask the judge router.", "Put 'judge_router' into policies.");
        }

        if (!Enum.TryParse<JudgeForm>(written.Form ?? "difficulty", ignoreCase: true, out var form))
        {
            Problems.Error($"{at}.form", "There is no such question.", "Use difficulty, level or complex.");
        }

        ModelId? model = written.Model is { } name
            ? Models($"{at}.model", name) is [var first, ..]
                ? first
                : null
            : tiers[0].Models[0];
        var labels = ImmutableDictionary.CreateBuilder<string, TierName>(StringComparer.Ordinal);
        foreach (var (label, tier) in written.Labels)
        {
            var known = Routing.Selection.JudgeQuestion.Labels(form).IndexOf(label.ToUpperInvariant()) >= 0;
            if (!known)
            {
                Problems.Error(
                    $"{at}.labels",
                    $"The form has no label {Quotation.Of(label)}.",
                    "See docs/policies/judge-router.md."
                );
            }
            else if (RouteResolver.TierOf(scope, $"{at}.labels.{label}", tier, tiers) is { } resolved)
            {
                labels[label.ToUpperInvariant()] = resolved;
            }
        }

        return model is { } id
            ? new JudgeRouterModel
            {
                Model = id,
                Form = form,
                Labels = labels.ToImmutable(),
                Timeout =
                    Problems.Duration($"{at}.timeout", written.Timeout, ConfigDefaults.MaxTimeout)
                    ?? JudgeRouterModel.DefaultTimeout,
                MaxCost = written.MaxCost is { } usd and > 0 ? Usd.FromDollars(usd) : null,
                Remember = written.Remember ?? true,
            }
            : null;
    }

    /// <summary>At list prices: a first stage that costs most of the last leaves nothing to save.</summary>
    private void Advise(IReadOnlyList<CascadeStage> stages)
    {
        if (BreakEven.Of(PriceOf(stages[0]), Usd.Zero, PriceOf(stages[^1])) is { } share && share < LeastBreakEven)
        {
            Problems.Warn(
                $"{path}.stages",
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"At these prices the cascade pays only while fewer than {Math.Max(0, share) * 100:0} % of its answers are refused."
                ),
                "Put a cheaper model first, or go to the last stage at once."
            );
        }
    }

    private Usd? PriceOf(CascadeStage stage) =>
        stage
            .Models.SelectMany(model => scope.DeploymentsOf(model))
            .Select(deployment => deployment.Price)
            .OfType<Price>()
            .Select(price => (Usd?)(price.Input + price.Output))
            .Min();

    private CascadeStage? Stage(string at, StageConfig stage, bool isLast)
    {
        var models = Models($"{at}.use", stage.Use);
        var name = stage.Gate ?? (isLast ? null : config.Gate);
        var gate = name is null ? null : scope.Gates.Find(stage.Gate is null ? $"{path}.gate" : $"{at}.gate", name);
        if (models.IsEmpty || (name is not null && gate is null))
        {
            return null;
        }

        if (gate is { OnlyStated: true })
        {
            Problems.Error(
                stage.Gate is null ? $"{path}.gate" : $"{at}.gate",
                $"The gate {Quotation.Of(name!)} only repeats what the model says of itself.",
                "Put it into all, any or weighted with another gate, or set alone: true."
            );
        }

        var threshold = stage.Threshold ?? (gate is null ? null : config.Threshold);
        if (threshold is < 0 or > 1)
        {
            Problems.Error($"{at}.threshold", "The threshold is out of range.", "Use a number from 0 to 1.");
        }

        if (stage.MaxCost is <= 0)
        {
            Problems.Error($"{at}.max_cost", "The cost cap is out of range.", "Use more than 0 USD.");
        }

        return new CascadeStage
        {
            Name = stage.Use,
            Models = models,
            Gate = name is null ? null : new GateId(name),
            Threshold = threshold,
            Samples = gate?.Samples ?? [],
            Judge = gate?.Judge,
            MaxCost = stage.MaxCost is { } usd and > 0 ? Usd.FromDollars(usd) : null,
            MaxTime = Problems.Duration($"{at}.max_time", stage.MaxTime, ConfigDefaults.MaxTimeout),
        };
    }

    private ImmutableArray<ModelId> Models(string at, string name)
    {
        foreach (var tier in tiers)
        {
            if (string.Equals(tier.Name.Value, name, StringComparison.Ordinal))
            {
                return tier.Models;
            }
        }

        if (scope.FindTier(name) is { } other)
        {
            return other.Models;
        }

        if (scope.FindModel(name) is { } model)
        {
            return [model.Id];
        }

        if (!scope.Refused.Contains(name))
        {
            var (what, fix) = ModelReferences.Unknown(scope, Problems.Show(at, name), name);
            Problems.Error(at, what, fix);
        }

        return [];
    }
}
