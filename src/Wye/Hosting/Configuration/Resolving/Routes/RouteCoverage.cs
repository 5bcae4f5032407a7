using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Routing.Routes;

namespace Wye.Hosting.Configuration.Resolving.Routes;

/// <summary>Whether any model can serve a route at all, given what the route demands of providers and prices.</summary>
internal static class RouteCoverage
{
    public static void Check(ProblemList problems, ResolveScope scope, string path, RouteModel route)
    {
        var deployments = route.Tiers.SelectMany(tier => tier.Models).SelectMany(scope.DeploymentsOf).ToList();
        if (deployments.Count == 0)
        {
            // A tier without models or a model without deployments has been reported where it stands.
            return;
        }

        var allowed = deployments.FindAll(deployment => Meets(deployment.Provider, route));
        if (allowed.Count == 0)
        {
            problems.Error(
                path,
                "No model can serve this route: no provider meets its regions and compliance tags.",
                "State region and compliance under providers, or ask for less."
            );
            return;
        }

        if (route.MaxCost is null)
        {
            return;
        }

        foreach (var model in allowed.Where(deployment => deployment.Price is null).Select(d => d.Model.Id).Distinct())
        {
            problems.Warn(
                $"{path}.max_cost",
                $"The price of {Quotation.Of(model.Value)} is unknown, so the cost cap keeps it out of this route.",
                $"Add models.{model.Value}.price."
            );
        }

        if (allowed.TrueForAll(deployment => deployment.Price is null))
        {
            problems.Error(
                path,
                "No model can serve this route: it caps the cost, and no price is known.",
                "Add prices under models, or remove max_cost."
            );
        }
    }

    private static bool Meets(Provider provider, RouteModel route) =>
        (
            route.Regions.IsEmpty
            || (provider.Region is { } region && route.Regions.Contains(region, StringComparer.Ordinal))
        ) && route.Compliance.All(tag => provider.Compliance.Contains(tag, StringComparer.Ordinal));
}
