using Wye.Ledger;
using Wye.Routing;

namespace Wye.Hosting.Telemetry;

/// <summary>The route of a request as a label: a configured name, or one word for all others, so that callers make no series.</summary>
internal static class RouteLabel
{
    /// <summary>Stands for whatever no configuration names.</summary>
    public const string None = "none";

    /// <summary>A rejected request's route is what its caller wrote; only names of the configuration pass.</summary>
    public static string Of(RequestEntry request, RoutingSnapshot routing) =>
        request.Policy.Length > 0 || routing.Routes.ContainsKey(request.Route) ? request.Route.Value : None;
}
