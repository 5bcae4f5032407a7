using System.Collections.Frozen;
using Wye.Hosting.Configuration.Resolving;
using Wye.Routing;
using Wye.Routing.Routes;

namespace Wye.Hosting;

/// <summary>Lets a route remember, over a reload, which policies it had before, so that each request can say what they would have cost.</summary>
internal static class PreviousPolicies
{
    /// <summary>The next snapshot, with what the last one had where nothing else is configured.</summary>
    public static WyeSnapshot Carry(WyeSnapshot last, WyeSnapshot next)
    {
        var routes = next.Routing.Routes;
        var changed = routes
            .Values.Select(route => (Route: route, Before: last.Routing.Routes.GetValueOrDefault(route.Name)))
            .Where(pair => pair.Before is not null && pair.Route.PreviousPolicies.IsEmpty)
            .Select(pair => pair.Route with { PreviousPolicies = Of(pair.Before!, pair.Route) })
            .Where(route => !route.PreviousPolicies.IsEmpty)
            .ToDictionary(route => route.Name);
        return changed.Count == 0
            ? next
            : next with
            {
                Routing = next.Routing with
                {
                    Routes = routes.ToFrozenDictionary(
                        pair => pair.Key,
                        pair => changed.GetValueOrDefault(pair.Key, pair.Value)
                    ),
                },
            };
    }

    private static System.Collections.Immutable.ImmutableArray<ISelectionPolicy> Of(
        RouteModel before,
        RouteModel now
    ) => before.Policies.SequenceEqual(now.Policies) ? before.PreviousPolicies : before.Policies;
}
