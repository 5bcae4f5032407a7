using System.Globalization;
using Wye.Catalog;
using Wye.Health;
using Wye.Routing.Plans;
using Wye.Routing.Routes;

namespace Wye.Routing.Shrinking;

/// <summary>What a route demands of a deployment's live state: speed and room.</summary>
/// <param name="MaxFirstToken">Longest observed time to the first content; null = no matter.</param>
/// <param name="MinHeadroom">Least share of the rate limits left; null = no matter.</param>
internal sealed record LiveCriteria(TimeSpan? MaxFirstToken, double? MinHeadroom)
{
    // An older observation says nothing: so what was slow once is tried again.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);

    public static LiveCriteria? Of(RouteModel route) =>
        route.MaxFirstToken is null && route.MinHeadroom is null
            ? null
            : new LiveCriteria(route.MaxFirstToken, route.MinHeadroom);

    /// <summary>Why a deployment does not meet them; null = it does.</summary>
    public Removal? Misfit(Deployment deployment, DeploymentState state, long tokens)
    {
        var firstToken = state.Load.FirstToken;
        if (
            MaxFirstToken is { } most
            && firstToken.Milliseconds is { } seen
            && seen > most.TotalMilliseconds
            && firstToken.Age < Fresh
        )
        {
            return Removed(
                deployment,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"first content observed after {seen:0} ms > {most.TotalMilliseconds:0} ms"
                ),
                RemovalCause.Latency
            );
        }

        if (MinHeadroom is not { } least)
        {
            return null;
        }

        var left = state.Load.Headroom(deployment, tokens);
        return left < least
            ? Removed(
                deployment,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{100 * left:0}% of its rate limits left < {100 * least:0}%"
                ),
                RemovalCause.Headroom
            )
            : null;
    }

    private static Removal Removed(Deployment deployment, string reason, RemovalCause cause) =>
        new(deployment.Model.Id, deployment.Id, reason) { Cause = cause };
}
