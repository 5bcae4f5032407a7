using System.Collections.Concurrent;
using Wye.Primitives;
using Wye.Primitives.Randomness;

namespace Wye.Health;

/// <summary>Live state of every deployment; survives reloads. Thread-safe.</summary>
public sealed class HealthRegistry(TimeProvider time, HealthOptions options, IRandomSource random)
{
    private readonly ConcurrentDictionary<DeploymentId, DeploymentState> _states = new();
    private volatile HealthOptions _options = options;

    /// <summary>The state of a deployment; made when first asked for.</summary>
    public DeploymentState Of(DeploymentId deployment)
    {
        if (_states.TryGetValue(deployment, out var known))
        {
            return known;
        }

        var state = _states.GetOrAdd(deployment, static (_, self) => self.Make(), this);
        // Once more after it is listed: options that changed in between have passed it by.
        state.Use(_options);
        return state;
    }

    /// <summary>Every deployment seen so far with its state.</summary>
    public IEnumerable<KeyValuePair<DeploymentId, DeploymentState>> All => _states;

    /// <summary>Puts other options in force for every deployment, also those that are known.</summary>
    public void Use(HealthOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        foreach (var state in _states.Values)
        {
            state.Use(options);
        }
    }

    /// <summary>Forgets a deployment that is no longer configured; calls that run keep the state they hold.</summary>
    public void Forget(DeploymentId deployment) => _states.TryRemove(deployment, out _);

    private DeploymentState Make() => new(time, _options, random);
}
