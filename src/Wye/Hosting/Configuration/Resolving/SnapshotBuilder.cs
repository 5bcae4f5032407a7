using System.Collections.Frozen;
using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Models;
using Wye.Hosting.Configuration.Resolving.Routes;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Hosting.Configuration.Routes;
using Wye.Primitives;
using Wye.Routing;
using Wye.Routing.Routes;
using Wye.Routing.Selection.Learned;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary>Validates a configuration whole and resolves it. Stateless, thread-safe.</summary>
public static class SnapshotBuilder
{
    /// <summary>Builds the snapshot of one configuration; reports all errors at once.</summary>
    /// <param name="config">As written.</param>
    /// <param name="policies">Every policy that may be named.</param>
    /// <param name="version">Counts reloads, from 1.</param>
    /// <param name="today">The day by which retirement is warned of; null = it is not looked at.</param>
    public static BuildResult Build(WyeConfig config, PolicyRegistry policies, long version = 1, DateOnly? today = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(policies);
        var scope = new ResolveScope(config, policies, today);
        ProviderResolver.Resolve(scope);
        ModelResolver.Resolve(scope);
        TierResolver.Resolve(scope);
        if (scope.Tiers.IsEmpty && !scope.Problems.HasErrors)
        {
            scope.Problems.Error(
                "models",
                "No model is served: the built-in table knows none for these providers.",
                "Add models with deployments, context and max_output."
            );
        }

        scope.Gates.ResolveAll();
        var routes = Routes(scope);
        var routeNames = routes.Keys.Select(name => name.Value).ToHashSet(StringComparer.Ordinal);
        var aliases = AliasResolver.Resolve(scope, routeNames);
        var explicitRoute = new RouteResolver(
            scope,
            "explicit",
            (config.Explicit ?? new RouteConfig { Name = "" }) with
            {
                Name = ConfigDefaults.ExplicitRouteName,
            }
        ).Resolve(asksPolicies: false);
        var server = HostResolver.Server(scope.Problems, config.Server);
        var zone = HostResolver.TimeZone(scope.Problems, config.Server);
        var health = HostResolver.Health(scope.Problems, config.Health);
        var budgets = BudgetResolver.Resolve(scope, zone, routeNames);
        var relaxed = HostResolver.Relaxed(scope.Problems, config.Store);
        var store = HostResolver.StorePath(scope.Problems, config.Store);
        var retention = HostResolver.Retention(scope.Problems, config.Store);
        if (scope.Problems.HasErrors || explicitRoute is null)
        {
            return new BuildResult(null, scope.Problems.ToImmutable());
        }

        var catalog = new CatalogSnapshot(
            scope.Models.Values,
            scope.ByModel.Values.SelectMany(all => all),
            scope.Tiers
        );
        var learned = LearningResolver.Resolve(scope, routes, catalog);
        if (scope.Problems.HasErrors)
        {
            return new BuildResult(null, scope.Problems.ToImmutable());
        }

        Advice.Give(scope);
        var snapshot = new WyeSnapshot
        {
            Routing = new RoutingSnapshot
            {
                Version = version,
                Catalog = catalog,
                Routes = routes.ToFrozenDictionary(),
                Aliases = aliases,
                Explicit = explicitRoute,
                Learned = learned,
                TimeZone = zone,
            },
            Providers = scope.Providers.Values.ToFrozenDictionary(endpoint => endpoint.Provider.Id),
            Server = server,
            Health = health,
            Budgets = budgets,
            RelaxedLedger = relaxed,
            StorePath = store,
            RetentionDays = retention,
            Gates = scope.Gates.Keeper(),
        };
        return new BuildResult(snapshot, scope.Problems.ToImmutable());
    }

    private static Dictionary<RouteName, RouteModel> Routes(ResolveScope scope)
    {
        var routes = new Dictionary<RouteName, RouteModel>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<RouteConfig> written = scope.Config.Routes.IsEmpty ? [Auto(scope)] : scope.Config.Routes;
        foreach (var config in written)
        {
            var path = $"routes.{config.Name}";
            if (!scope.Problems.Name(path, "route", config.Name))
            {
                continue;
            }

            if (!seen.Add(config.Name))
            {
                scope.Problems.Error(
                    path,
                    $"Two routes are named {Quotation.Of(config.Name)}.",
                    "Give one of them another name."
                );
                continue;
            }

            if (scope.Models.ContainsKey(config.Name))
            {
                scope.Problems.Warn(
                    path,
                    $"The route hides the model {Quotation.Of(config.Name)}: nobody can ask for the model itself.",
                    "Give the route another name."
                );
            }

            if (new RouteResolver(scope, path, config).Resolve(asksPolicies: true) is { } route)
            {
                routes.Add(route.Name, route);
            }
        }

        return routes;
    }

    // A host may leave learned routing out.
    private static RouteConfig Auto(ResolveScope scope) =>
        new()
        {
            Name = ConfigDefaults.RouteName,
            Policies = scope.Policies.FindSelection(LearnedPolicy.PolicyName) is null
                ? ConfigDefaults.Policies
                : ConfigDefaults.AutoPolicies,
        };
}
