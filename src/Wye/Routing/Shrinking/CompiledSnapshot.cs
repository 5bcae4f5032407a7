using System.Collections.Frozen;
using Wye.Catalog;
using Wye.Health;
using Wye.Routing.Routes;

namespace Wye.Routing.Shrinking;

/// <summary>A snapshot made ready for routing on one day: every name that can be asked for, compiled when first asked.</summary>
internal sealed class CompiledSnapshot
{
    private readonly FrozenDictionary<string, Target> _targets;
    private readonly FrozenDictionary<string, Target> _embeddings;
    private readonly HealthRegistry _health;

    public CompiledSnapshot(RoutingSnapshot snapshot, DateOnly today, HealthRegistry health)
    {
        Snapshot = snapshot;
        Today = today;
        _health = health;
        var targets = new Dictionary<string, Target>(StringComparer.Ordinal);
        foreach (var (name, route) in snapshot.Routes)
        {
            targets[name.Value] = new Target(route, null);
        }

        // Routes stand before aliases, aliases before models.
        foreach (var (alias, target) in snapshot.Aliases)
        {
            if (Named(snapshot, targets, target) is { } found)
            {
                targets.TryAdd(alias, found);
            }
        }

        foreach (var model in snapshot.Catalog.Models.Where(model => model.Kind != ModelKind.Embedding))
        {
            targets.TryAdd(model.Id.Value, new Target(snapshot.Explicit, model));
        }

        _targets = targets.ToFrozenDictionary(StringComparer.Ordinal);
        _embeddings = Embeddings(snapshot).ToFrozenDictionary(StringComparer.Ordinal);
    }

    public RoutingSnapshot Snapshot { get; }

    public DateOnly Today { get; }

    public IEnumerable<string> Names => _targets.Keys;

    /// <summary>Names of embedding models and of the aliases that lead to them.</summary>
    public IEnumerable<string> EmbeddingNames => _embeddings.Keys;

    /// <summary>What a name stands for; null = it is not known.</summary>
    public CompiledRoute? Find(string name) => _targets.TryGetValue(name, out var target) ? Compiled(target) : null;

    /// <summary>The embedding model a name stands for, alone: vectors of another model mean nothing beside its own.</summary>
    public CompiledRoute? FindEmbedding(string name) =>
        _embeddings.TryGetValue(name, out var target) ? Compiled(target) : null;

    private static Dictionary<string, Target> Embeddings(RoutingSnapshot snapshot)
    {
        var targets = new Dictionary<string, Target>(StringComparer.Ordinal);
        foreach (var model in snapshot.Catalog.Models.Where(model => model.Kind == ModelKind.Embedding))
        {
            targets.Add(model.Id.Value, new Target(snapshot.Explicit, model));
        }

        foreach (var (alias, target) in snapshot.Aliases)
        {
            if (targets.TryGetValue(target, out var found))
            {
                targets.TryAdd(alias, found);
            }
        }

        return targets;
    }

    private static Target? Named(RoutingSnapshot snapshot, Dictionary<string, Target> targets, string name) =>
        targets.TryGetValue(name, out var known) ? known
        : snapshot.Catalog.FindModel(new(name)) is { Kind: not ModelKind.Embedding } model
            ? new Target(snapshot.Explicit, model)
        : null;

    private CompiledRoute Compiled(Target target)
    {
        if (Volatile.Read(ref target.Compiled) is { } known)
        {
            return known;
        }

        var made = target.Model is { } model
            ? CompiledRoute.CompileAsked(model, target.Route, Snapshot, Today, _health)
            : CompiledRoute.Compile(target.Route, Snapshot, Today, _health);
        return Interlocked.CompareExchange(ref target.Compiled, made, null) ?? made;
    }

    private sealed class Target(RouteModel route, Model? model)
    {
        public CompiledRoute? Compiled;

        public RouteModel Route { get; } = route;

        public Model? Model { get; } = model;
    }
}
