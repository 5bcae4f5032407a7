using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Health;

namespace Wye.Routing.Shrinking;

/// <summary>A model of a route that meets the route's fixed demands, with the live state of its deployments at hand.</summary>
internal sealed class CompiledModel
{
    public required Model Model { get; init; }

    public required Tier Tier { get; init; }

    /// <summary>Deployments that meet the route's demands; never empty.</summary>
    public required ImmutableArray<Deployment> Deployments { get; init; }

    /// <summary>Live state of each deployment, in the same order.</summary>
    public required DeploymentState[] States { get; init; }

    /// <summary>Whether it only serves as a fallback and is not chosen among.</summary>
    public bool Spare { get; init; }

    /// <summary>What the route demands of live state; null = nothing.</summary>
    public LiveCriteria? Criteria { get; init; }

    /// <summary>Whether a deployment carries tags, so that the request's tags must be looked at.</summary>
    public bool Tagged { get; init; }

    /// <summary>Whether every deployment would admit a call now.</summary>
    public bool AllAvailable()
    {
        foreach (var state in States)
        {
            if (!state.IsAvailable)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether any deployment would admit a call now.</summary>
    public bool AnyAvailable()
    {
        foreach (var state in States)
        {
            if (state.IsAvailable)
            {
                return true;
            }
        }

        return false;
    }
}
