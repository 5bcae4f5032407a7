using System.Collections.Concurrent;
using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Health;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Routes;

namespace Wye.Routing.Shrinking;

/// <summary>A route with its models looked up and what can never take its requests removed: once per snapshot and day.</summary>
internal sealed class CompiledRoute
{
    // A slot per combination of demanded capabilities, filled when first seen: at most 1,024, so bounded.
    private readonly FeatureSet?[] _byCapabilities = new FeatureSet?[(int)FeatureDemand.Any + 1];

    // Rare, and as bounded.
    private readonly ConcurrentDictionary<Capabilities, FeatureSet> _afterAssistant = [];

    private CompiledRoute(RouteModel route, ModelId? asked, RouteCompiler compiled)
    {
        Route = route;
        Asked = asked;
        Models = [.. compiled.Models];
        Removals = compiled.Removals.ToImmutable();
        Strong = compiled.Strong;
    }

    public RouteModel Route { get; }

    /// <summary>The concrete model this stands for; null = a route.</summary>
    public ModelId? Asked { get; }

    /// <summary>Models that meet the route's demands: those chosen among by tier, then fallbacks outside its tiers.</summary>
    public CompiledModel[] Models { get; }

    /// <summary>Models and deployments that do not.</summary>
    public ImmutableArray<Removal> Removals { get; }

    /// <summary>The configured strong model when it is none of <see cref="Models"/> but meets the route's demands.</summary>
    public CompiledModel? Strong { get; }

    public static CompiledRoute Compile(
        RouteModel route,
        RoutingSnapshot snapshot,
        DateOnly today,
        HealthRegistry health
    )
    {
        var compiler = new RouteCompiler(route, snapshot.Catalog, today, health);
        foreach (var tier in route.Tiers)
        {
            foreach (var id in tier.Models)
            {
                compiler.Add(id, tier, spare: false);
            }
        }

        compiler.AddSpares(route.Fallbacks);
        compiler.AddSpares(route.ContextWindowFallbacks ?? []);
        compiler.AddSpares(route.ContentPolicyFallbacks);
        compiler.AddSpares([.. route.Helpers()]);
        return new CompiledRoute(route, null, compiler);
    }

    public static CompiledRoute CompileAsked(
        Model model,
        RouteModel rules,
        RoutingSnapshot snapshot,
        DateOnly today,
        HealthRegistry health
    )
    {
        var compiler = new RouteCompiler(rules, snapshot.Catalog, today, health);
        var tier = snapshot.Catalog.TierOf(model.Id);
        compiler.Add(model.Id, tier ?? new Tier(model.Tier, 0, [model.Id]), spare: false);
        if (model.Kind == ModelKind.Embedding)
        {
            return new CompiledRoute(rules, model.Id, compiler);
        }

        compiler.AddSpares(rules.Fallbacks.IsEmpty && tier is not null ? tier.Models : rules.Fallbacks);
        compiler.AddSpares(rules.ContextWindowFallbacks ?? []);
        compiler.AddSpares(rules.ContentPolicyFallbacks);
        return new CompiledRoute(rules, model.Id, compiler);
    }

    public FeatureSet With(Capabilities needed)
    {
        if (needed.HasFlag(FeatureDemand.AfterAssistant))
        {
            return _afterAssistant.GetOrAdd(needed, static (asked, route) => new FeatureSet(route, asked), this);
        }

        ref var slot = ref _byCapabilities[(int)needed];
        if (Volatile.Read(ref slot) is { } known)
        {
            return known;
        }

        var made = new FeatureSet(this, needed);
        return Interlocked.CompareExchange(ref slot, made, null) ?? made;
    }
}
