using System.Collections.Concurrent;
using Wye.Primitives;

namespace Wye.Health;

/// <summary>Live state of every deployment; survives reloads. Thread-safe.</summary>
public sealed class HealthRegistry(TimeProvider time, HealthOptions options, IRandomSource random)
{
    private readonly ConcurrentDictionary<DeploymentId, DeploymentState> _states = new();

    /// <summary>The state of a deployment; made when first asked for.</summary>
    public DeploymentState Of(DeploymentId deployment) =>
        _states.GetOrAdd(deployment, static (_, self) => self.Make(), this);

    /// <summary>Every deployment seen so far with its state.</summary>
    public IEnumerable<KeyValuePair<DeploymentId, DeploymentState>> All => _states;

    private DeploymentState Make() => new(time, options, random);
}
