using System.Collections.Immutable;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Routes;
using Wye.Primitives;
using Wye.Routing;
using Wye.Routing.Selection.Learned;

namespace Wye.Hosting.Configuration.Resolving.Routes;

/// <summary>What a route's <c>learned</c> policy optimises, as written → as decided by.</summary>
internal sealed class ObjectiveResolver(ProblemList problems, string path, RouteConfig config)
{
    private const string Cascade = "cascade";
    private const double MostLambda = 1_000_000;
    private const double SumTolerance = 0.001;

    /// <summary>Whether the route says anything of it. A threshold alone may be a cascade's.</summary>
    public static bool IsSet(RouteConfig config) =>
        config.Objective is not null
        || config.Lambda is not null
        || config.Prefer is not null
        || config.Weak is not null;

    /// <summary>The settings; wrong ones are among the problems.</summary>
    public LearnedSettings Resolve(ImmutableArray<ISelectionPolicy> policies, ModelId? weak)
    {
        var objective = Objective();
        // The same key is a cascade's least score.
        var learns = policies.Any(LearnedPolicy.Is);
        var cascades = policies.Any(policy => string.Equals(policy.Name, Cascade, StringComparison.Ordinal));
        var settings = new LearnedSettings
        {
            Objective = objective,
            Threshold = learns ? Threshold() : null,
            Lambda = Lambda() ?? LearnedSettings.DefaultLambda,
            Prefer = Prefer() ?? Preference.Default,
            Weak = weak,
        };
        OnlyUnder(
            "threshold",
            config.Threshold is not null && learns && !cascades,
            objective,
            Routing.Selection.Learned.Objective.Threshold
        );
        OnlyUnder("weak", config.Weak is not null, objective, Routing.Selection.Learned.Objective.Threshold);
        OnlyUnder("lambda", config.Lambda is not null, objective, Routing.Selection.Learned.Objective.Tradeoff);
        if (IsSet(config) && !learns)
        {
            var written =
                config.Objective is not null ? "objective"
                : config.Lambda is not null ? "lambda"
                : config.Prefer is not null ? "prefer"
                : "weak";
            problems.Warn(
                $"{path}.{written}",
                "The route says what to optimise, but its policies do not ask 'learned'.",
                "Put 'learned' into policies."
            );
        }

        return settings;
    }

    private Objective Objective()
    {
        if (config.Objective is null)
        {
            return default;
        }

        if (Objectives.Find(config.Objective) is { } known)
        {
            return known;
        }

        var at = $"{path}.objective";
        problems.Error(
            at,
            $"There is no objective {problems.Show(at, config.Objective)}.",
            problems.Suggest(config.Objective, Objectives.Names, "")
        );
        return default;
    }

    private double? Threshold()
    {
        if (config.Threshold is null or (>= -1 and <= 1))
        {
            return config.Threshold;
        }

        problems.Error(
            $"{path}.threshold",
            "The threshold is out of range.",
            "Use a gain from -1 to 1, e.g. 0.2; `wye calibrate` finds one."
        );
        return null;
    }

    private double? Lambda()
    {
        if (config.Lambda is null or (>= 0 and <= MostLambda))
        {
            return config.Lambda;
        }

        problems.Error(
            $"{path}.lambda",
            "The lambda is out of range.",
            "Use quality per USD from 0 to 1000000; 10 makes 0.01 of quality worth $0.001."
        );
        return null;
    }

    private Preference? Prefer()
    {
        if (config.Prefer is not { } prefer)
        {
            return null;
        }

        var (quality, cost, speed) = (prefer.Quality ?? 0, prefer.Cost ?? 0, prefer.Speed ?? 0);
        if (
            quality is >= 0 and <= 1
            && cost is >= 0 and <= 1
            && speed is >= 0 and <= 1
            && Math.Abs(quality + cost + speed - 1) <= SumTolerance
        )
        {
            return new Preference(quality, cost, speed);
        }

        problems.Error(
            $"{path}.prefer",
            "The sliders do not sum to 1.",
            "Write e.g. { quality: 0.7, cost: 0.2, speed: 0.1 }, each from 0 to 1."
        );
        return null;
    }

    private void OnlyUnder(string key, bool written, Objective objective, Objective wanted)
    {
        if (written && objective != wanted)
        {
            problems.Warn(
                $"{path}.{key}",
                $"The key '{key}' has no effect under the objective '{Objectives.Of(objective).Name}'.",
                $"Set objective: {Objectives.Of(wanted).Name}, or remove it."
            );
        }
    }
}
