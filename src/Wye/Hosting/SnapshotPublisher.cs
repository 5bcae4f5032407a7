using Wye.Catalog;
using Wye.Health;
using Wye.Hosting.Configuration.Resolving;
using Wye.Primitives;
using Wye.Providers;
using Wye.Quality.Prior;

namespace Wye.Hosting;

/// <summary>Puts a snapshot in force: endpoints and live state first, then one write that every later request sees whole. Thread-safe.</summary>
public sealed class SnapshotPublisher
{
    private readonly SnapshotStore _store;
    private readonly HttpChatModelFactory _providers;
    private readonly HealthRegistry _health;
    private readonly LiveOutcomes _outcomes;
    private readonly Lock _gate = new();

    internal SnapshotPublisher(
        SnapshotStore store,
        HttpChatModelFactory providers,
        HealthRegistry health,
        LiveOutcomes outcomes
    )
    {
        _store = store;
        _providers = providers;
        _health = health;
        _outcomes = outcomes;
    }

    /// <summary>What is in force now.</summary>
    public WyeSnapshot Current => _store.Current;

    /// <summary>Puts a snapshot in force; requests that run end with the one they began with.</summary>
    /// <exception cref="ArgumentException">A provider cannot be called; nothing has changed.</exception>
    public void Publish(WyeSnapshot next)
    {
        ArgumentNullException.ThrowIfNull(next);
        lock (_gate)
        {
            var last = _store.Current;
            next = PreviousPolicies.Carry(last, next.With(_outcomes)) with { Gates = next.Gates.After(last.Gates) };
            _providers.Use(next.Providers.Values);
            _health.Use(next.Health);
            _store.Swap(next);
            Renew(last, next);
        }
    }

    /// <summary>A deployment that is called otherwise than before starts afresh: a mended key must not wait out its cooldown.</summary>
    private void Renew(WyeSnapshot last, WyeSnapshot next)
    {
        foreach (var (id, state) in _health.All)
        {
            if (next.Routing.Catalog.FindDeployment(id) is not { } now)
            {
                _health.Forget(id);
            }
            else if (
                last.Routing.Catalog.FindDeployment(id) is not { } before
                || !IsCalledAlike(last, before, next, now)
            )
            {
                state.Clear();
            }
        }
    }

    private static bool IsCalledAlike(WyeSnapshot last, Deployment before, WyeSnapshot next, Deployment now) =>
        string.Equals(before.UpstreamName, now.UpstreamName, StringComparison.Ordinal)
        && last.Providers.TryGetValue(before.Provider.Id, out var old)
        && next.Providers.TryGetValue(now.Provider.Id, out var endpoint)
        && old.Provider.BaseUrl == endpoint.Provider.BaseUrl
        && string.Equals(old.Provider.Dialect, endpoint.Provider.Dialect, StringComparison.Ordinal)
        && string.Equals(old.Key?.Reveal(), endpoint.Key?.Reveal(), StringComparison.Ordinal)
        && old.Headers.Count == endpoint.Headers.Count
        && old.Headers.All(header =>
            endpoint.Headers.TryGetValue(header.Key, out var value)
            && string.Equals(value, header.Value, StringComparison.Ordinal)
        );
}
