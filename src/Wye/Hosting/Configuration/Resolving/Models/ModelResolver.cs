using System.Globalization;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Primitives;

namespace Wye.Hosting.Configuration.Resolving.Models;

/// <summary><c>models</c> → models: the facts of the built-in table, overridden by what is written.</summary>
internal static class ModelResolver
{
    private const int MaxTokens = 100_000_000;
    private const string FallbackTier = "medium";

    public static void Resolve(ResolveScope scope)
    {
        foreach (var (config, namedAt) in ModelReferences.All(scope))
        {
            var path = $"models.{config.Name}";
            if (!scope.Problems.Name(path, "model", config.Name))
            {
                continue;
            }

            if (scope.Models.ContainsKey(config.Name))
            {
                scope.Problems.Error(
                    path,
                    $"Two models are named {Quotation.Of(config.Name)}.",
                    "Put their deployments under one."
                );
                continue;
            }

            if (Facts(scope, path, config) is not { } model)
            {
                scope.Refused.Add(config.Name);
                continue;
            }

            var deployments = DeploymentResolver.Resolve(scope, path, config, model);
            model = model with { Capabilities = model.Capabilities & ~Withheld(scope, deployments) };
            scope.Models.Add(config.Name, model);
            scope.ByModel.Add(model.Id, [.. deployments.Select(deployment => deployment with { Model = model })]);
            foreach (var deployment in scope.ByModel[model.Id])
            {
                scope.Deployments.Add(deployment.Id, deployment);
            }

            WarnOfRetirement(scope, namedAt, model);
        }
    }

    private static Model? Facts(ResolveScope scope, string path, ModelConfig config)
    {
        var problems = scope.Problems;
        var facts = BuiltInCatalog.FindModel(config.Name);
        var price = PriceResolver.Resolve(problems, $"{path}.price", config.Price);
        var kind = Kind(problems, path, config);
        var context = problems.Count($"{path}.context", config.Context, 1, MaxTokens) ?? facts?.ContextTokens;
        var maxOutput = problems.Count($"{path}.max_output", config.MaxOutput, 1, MaxTokens) ?? facts?.MaxOutputTokens;
        var capabilities = Capabilities(problems, path, config);
        var tier = config.Tier ?? TierListing(scope, config.Name) ?? facts?.Tier.Value ?? FallbackTier;
        if (config.Tier is not null && !scope.Config.Tiers.IsEmpty)
        {
            problems.Warn(
                $"{path}.tier",
                "Tiers are configured, so the tier of a model has no effect.",
                "Remove it, or list the model under that tier."
            );
        }

        if (context is null || maxOutput is null)
        {
            problems.Error(
                path,
                $"The built-in table does not know {Quotation.Of(config.Name)}, so its limits must be given.",
                $"Add context and max_output (tokens). {problems.Suggest(config.Name, BuiltInCatalog.Models.Select(m => m.Id.Value).Where(n => Suggestion.Closest(config.Name, [n]) is not null), "`wye models` lists the known ones.")}"
            );
            return null;
        }

        return new Model
        {
            Id = new ModelId(config.Name),
            Kind = kind ?? facts?.Kind ?? ModelKind.Chat,
            Maker = config.Maker ?? facts?.Maker ?? "unknown",
            Price = price ?? (config.Price is null ? facts?.Price : null),
            ContextTokens = context.Value,
            MaxOutputTokens = Math.Min(maxOutput.Value, context.Value),
            Capabilities = capabilities ?? facts?.Capabilities ?? Catalog.Capabilities.Streaming,
            Tier = new TierName(tier),
            RetiresOn = config.NeverRetires ? null : config.RetiresOn ?? facts?.RetiresOn,
            Source = Source(config, facts),
        };
    }

    private static string Source(ModelConfig config, Model? facts) =>
        facts is null ? "configuration"
        : config.Price is null && config.Context is null && config.MaxOutput is null && config.Capabilities is null
            ? facts.Source
        : $"configuration over {facts.Source}";

    private static ModelKind? Kind(ProblemList problems, string path, ModelConfig config)
    {
        if (config.Kind is null)
        {
            return null;
        }

        if (!ModelKinds.TryParse(config.Kind, out var kind))
        {
            var at = $"{path}.kind";
            problems.Error(
                at,
                $"There is no kind of model {problems.Show(at, config.Kind)}.",
                problems.Suggest(config.Kind, ModelKinds.All, "")
            );
        }

        return kind;
    }

    private static Capabilities? Capabilities(ProblemList problems, string path, ModelConfig config)
    {
        if (config.Capabilities is not { } names)
        {
            return null;
        }

        var all = Catalog.Capabilities.None;
        for (var i = 0; i < names.Length; i++)
        {
            if (CapabilityNames.TryParse(names[i], out var one))
            {
                all |= one;
            }
            else
            {
                var at = $"{path}.capabilities[{i}]";
                problems.Error(
                    at,
                    $"There is no capability {problems.Show(at, names[i])}.",
                    problems.Suggest(names[i], CapabilityNames.All, "")
                );
            }
        }

        return all;
    }

    private static string? TierListing(ResolveScope scope, string model) =>
        scope.Config.Tiers.FirstOrDefault(tier => tier.Models.Contains(model, StringComparer.Ordinal))?.Name;

    private static Capabilities Withheld(ResolveScope scope, List<Deployment> deployments) =>
        deployments.Aggregate(
            Catalog.Capabilities.None,
            (all, deployment) =>
                BuiltInCatalog.FindProvider(deployment.Provider.Id) is { } facts
                && facts.BaseUrl == deployment.Provider.BaseUrl
                && string.Equals(facts.Dialect, deployment.Provider.Dialect, StringComparison.Ordinal)
                    ? all | facts.Withheld
                    : all
        );

    private static void WarnOfRetirement(ResolveScope scope, string? path, Model model)
    {
        // A model that nobody named goes in silence: the tiers are made anew without it.
        if (
            path is null
            || scope.Today is not { } today
            || model.RetiresOn is not { } day
            || day > today.AddDays(ConfigDefaults.RetirementWarningDays)
        )
        {
            return;
        }

        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        scope.Problems.Warn(
            path,
            day <= today
                ? $"The model {Quotation.Of(model.Id.Value)} was retired on {date}; nothing is routed to it."
                : $"The model {Quotation.Of(model.Id.Value)} retires on {date}.",
            "Name its successor, or set retires_on: never where your provider still serves it."
        );
    }
}
