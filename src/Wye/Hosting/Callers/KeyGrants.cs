using System.Collections.Concurrent;
using System.Collections.Frozen;
using Wye.Access;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing;

namespace Wye.Hosting.Callers;

/// <summary>What each key may ask for and be answered by, worked out once per key and snapshot. Thread-safe.</summary>
/// <remarks>
/// A route may be asked for if <see cref="KeyRules.Routes"/> allows it; a model if <see cref="KeyRules.Models"/> does, and
/// where only routes are listed no model may be named directly; an alias if it is listed itself, or its target may be asked for.
/// </remarks>
internal sealed class KeyGrants
{
    private const int MostKept = 100_000;
    private readonly ConcurrentDictionary<KeyId, Kept> _kept = new();

    public RoutingGrant Of(VirtualKey key, RoutingSnapshot snapshot)
    {
        if (!key.Rules.LimitsNames)
        {
            return RoutingGrant.All;
        }

        if (
            _kept.TryGetValue(key.Id, out var kept)
            && ReferenceEquals(kept.Rules, key.Rules)
            && ReferenceEquals(kept.Snapshot, snapshot)
        )
        {
            return kept.Grant;
        }

        if (_kept.Count > MostKept)
        {
            _kept.Clear();
        }

        var grant = Make(key.Rules, snapshot);
        _kept[key.Id] = new Kept(key.Rules, snapshot, grant);
        return grant;
    }

    private static RoutingGrant Make(KeyRules rules, RoutingSnapshot snapshot)
    {
        var models = snapshot
            .Catalog.Models.Where(model => NamePattern.Allows(rules.Models, model.Id.Value))
            .Select(model => model.Id)
            .ToFrozenSet();
        var names = new HashSet<string>(StringComparer.Ordinal);
        names.UnionWith(
            snapshot.Routes.Keys.Select(route => route.Value).Where(name => NamePattern.Allows(rules.Routes, name))
        );
        if (rules.Models is not null || rules.Routes is null)
        {
            // A route of the same name hides the model.
            names.UnionWith(models.Select(model => model.Value).Where(name => !snapshot.Routes.ContainsKey(new(name))));
        }

        names.UnionWith(
            snapshot
                .Aliases.Where(alias =>
                    (rules.Routes is not null && NamePattern.Allows(rules.Routes, alias.Key))
                    || names.Contains(alias.Value)
                )
                .Select(alias => alias.Key)
                .ToList()
        );
        return new RoutingGrant
        {
            Names = names.ToFrozenSet(StringComparer.Ordinal),
            Models = rules.Models is null ? null : models,
        };
    }

    private sealed record Kept(KeyRules Rules, RoutingSnapshot Snapshot, RoutingGrant Grant);
}
