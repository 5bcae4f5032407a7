using System.Globalization;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Primitives;

namespace Wye.Hosting.Configuration.Resolving.Models;

/// <summary>The deployments of one model: those written, else one at each provider that is known to serve it.</summary>
internal static class DeploymentResolver
{
    private const double MaxWeight = 1_000_000;

    public static List<Deployment> Resolve(ResolveScope scope, string path, ModelConfig config, Model model)
    {
        var facts = BuiltInCatalog.FindModel(config.Name);
        var written = config.Deployments ?? [.. Implied(scope, facts)];
        if (written.IsEmpty)
        {
            var (_, fix) = ModelReferences.Unknown(scope, Quotation.Of(config.Name), config.Name);
            scope.Problems.Error(
                path,
                $"The model {Quotation.Of(config.Name)} has no deployment.",
                facts is null || config.Deployments is not null ? "Add deployments: [{ provider: NAME }]." : fix
            );
        }

        var deployments = new List<Deployment>();
        var ids = new HashSet<DeploymentId>();
        for (var i = 0; i < written.Length; i++)
        {
            if (Resolve(scope, $"{path}.deployments[{i}]", config, model, facts, written[i]) is not { } deployment)
            {
                continue;
            }

            if (scope.Deployments.ContainsKey(deployment.Id) || !ids.Add(deployment.Id))
            {
                scope.Problems.Error(
                    $"{path}.deployments[{i}]",
                    $"Two deployments are named {Quotation.Of(deployment.Id.Value)}.",
                    "Give one of them an id of its own."
                );
            }
            else
            {
                deployments.Add(deployment);
            }
        }

        return deployments;
    }

    private static IEnumerable<DeploymentConfig> Implied(ResolveScope scope, Model? facts) =>
        facts is null
            ? []
            : scope
                .Config.Providers.DistinctBy(provider => provider.Name, StringComparer.Ordinal)
                .Where(provider =>
                    BuiltInCatalog.FindOffer(facts.Id, new ProviderId(provider.Name)) is { } offer
                    && !ModelReferences.IsRetired(offer.RetiresOn, scope.Today)
                )
                .Select(provider => new DeploymentConfig { Provider = provider.Name });

    private static Deployment? Resolve(
        ResolveScope scope,
        string path,
        ModelConfig modelConfig,
        Model model,
        Model? facts,
        DeploymentConfig config
    )
    {
        var problems = scope.Problems;
        if (!scope.Providers.TryGetValue(config.Provider, out var endpoint))
        {
            if (!scope.Refused.Contains($"providers.{config.Provider}"))
            {
                var at = $"{path}.provider";
                problems.Error(
                    at,
                    $"There is no provider {problems.Show(at, config.Provider)}.",
                    problems.Suggest(
                        config.Provider,
                        scope.Config.Providers.Select(provider => provider.Name),
                        "Add it under providers."
                    )
                );
            }

            return null;
        }

        var offer = facts is null ? null : BuiltInCatalog.FindOffer(facts.Id, endpoint.Provider.Id);
        var ownPrice = PriceResolver.Resolve(problems, $"{path}.price", config.Price);
        if (config.Price is null && modelConfig.Price is null)
        {
            ownPrice = offer?.OwnPrice;
            CheckFree(problems, path, endpoint.Provider, model, ownPrice);
        }

        if (config.Weight is { } weight && weight is not (> 0 and <= MaxWeight))
        {
            problems.Error($"{path}.weight", "The weight is out of range.", "Use a number above 0 and up to 1000000.");
        }

        WarnOfRetiredOffer(scope, path, modelConfig, offer);
        var id = config.Id ?? $"{config.Provider}/{config.Upstream ?? modelConfig.Name}";
        if (config.Id is not null)
        {
            problems.Name($"{path}.id", "deployment", config.Id);
        }

        return new Deployment
        {
            Id = new DeploymentId(id),
            Model = model,
            Provider = endpoint.Provider,
            UpstreamName = config.Upstream ?? Upstream(modelConfig.Name, facts, offer),
            OwnPrice = ownPrice,
            RequestsPerMinute = problems.Count($"{path}.rpm", config.Rpm, 1, int.MaxValue),
            TokensPerMinute = problems.Count($"{path}.tpm", config.Tpm, 1, int.MaxValue),
            MaxInFlight = problems.Count($"{path}.max_in_flight", config.MaxInFlight, 1, 1_000_000),
            Weight = config.Weight ?? 1,
            Order = problems.Count($"{path}.order", config.Order, -1_000_000, 1_000_000) ?? 0,
            Tags = config.Tags,
        };
    }

    /// <summary>A dated name pins a version, so it goes upstream as written; any other goes as the provider calls it.</summary>
    private static string Upstream(string name, Model? facts, ModelOffer? offer)
    {
        var pinned =
            facts is not null
            && offer is not null
            && !string.Equals(name, facts.Id.Value, StringComparison.Ordinal)
            && string.Equals(facts.Maker, offer.Provider.Value, StringComparison.Ordinal)
            && EndsInDate(name);
        return pinned ? name : offer?.UpstreamName ?? name;
    }

    private static bool EndsInDate(string name) =>
        name.Length > 10
        && (
            DateOnly.TryParseExact(
                name.AsSpan(name.Length - 10),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _
            )
            || DateOnly.TryParseExact(
                name.AsSpan(name.Length - 8),
                "yyyyMMdd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _
            )
        );

    private static void CheckFree(ProblemList problems, string path, Provider provider, Model model, Price? ownPrice)
    {
        if (ownPrice is null && model.Price == Price.Free && provider.Region is not "local")
        {
            problems.Error(
                path,
                $"The model {Quotation.Of(model.Id.Value)} is free only where it runs locally.",
                "Add the price of this provider, 'price: free' if nothing is paid, or 'region: local' to the provider."
            );
        }
    }

    private static void WarnOfRetiredOffer(ResolveScope scope, string path, ModelConfig config, ModelOffer? offer)
    {
        if (
            offer?.RetiresOn is { } day
            && day <= scope.Today?.AddDays(ConfigDefaults.RetirementWarningDays)
            && !config.NeverRetires
        )
        {
            scope.Problems.Warn(
                path,
                $"{Quotation.Of(offer.Provider.Value)} {(day <= scope.Today ? "stopped" : "stops")} serving {Quotation.Of(config.Name)} on {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.",
                "Remove the deployment, or set retires_on: never on the model."
            );
        }
    }
}
