using System.Collections.Immutable;
using System.Globalization;
using Wye.Catalog;
using Wye.Health;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Routes;

namespace Wye.Routing.Shrinking;

/// <summary>Looks up a route's models and removes what its fixed demands exclude: retirement, region, compliance.</summary>
internal sealed class RouteCompiler(RouteModel route, CatalogSnapshot catalog, DateOnly today, HealthRegistry health)
{
    private readonly HashSet<ModelId> _seen = [];

    public List<CompiledModel> Models { get; } = [];

    public ImmutableArray<Removal>.Builder Removals { get; } = ImmutableArray.CreateBuilder<Removal>();

    public CompiledModel? Strong =>
        route.Strong is { } id && !_seen.Contains(id) ? Compile(id, TierOf(id), spare: true, []) : null;

    /// <summary>Adds a model once; a model named twice stays where it stood first.</summary>
    public void Add(ModelId id, Tier? tier, bool spare)
    {
        if (_seen.Add(id) && Compile(id, tier, spare, Removals) is { } model)
        {
            Models.Add(model);
        }
    }

    public void AddSpares(ImmutableArray<ModelId> ids)
    {
        foreach (var id in ids)
        {
            Add(id, TierOf(id), spare: true);
        }
    }

    private Tier? TierOf(ModelId id) => catalog.TierOf(id);

    private CompiledModel? Compile(ModelId id, Tier? tier, bool spare, ICollection<Removal> removals)
    {
        var deployments = catalog.DeploymentsOf(id);
        if (catalog.FindModel(id) is not { } model || deployments.IsEmpty)
        {
            removals.Add(new Removal(id, null, "no deployment serves it") { Cause = RemovalCause.NoDeployment });
            return null;
        }

        if (model.RetiresOn <= today)
        {
            removals.Add(
                new Removal(id, null, $"retired on {model.RetiresOn:yyyy-MM-dd}") { Cause = RemovalCause.Retired }
            );
            return null;
        }

        List<Removal> gone = [];
        var left = ImmutableArray.CreateBuilder<Deployment>(deployments.Length);
        foreach (var deployment in deployments)
        {
            if (Excluded(deployment) is { } removal)
            {
                gone.Add(removal);
            }
            else
            {
                left.Add(deployment);
            }
        }

        if (left.Count == 0)
        {
            removals.Add(gone[0] with { Deployment = null });
            return null;
        }

        foreach (var removal in gone)
        {
            removals.Add(removal);
        }

        var served = left.ToImmutable();
        return new CompiledModel
        {
            Model = model,
            Tier = tier ?? new Tier(model.Tier, 0, [id]),
            Deployments = served,
            States = [.. served.Select(deployment => health.Of(deployment.Id))],
            Spare = spare,
            Criteria = LiveCriteria.Of(route),
            Tagged = route.FilterTags && served.Any(deployment => !deployment.Tags.IsDefaultOrEmpty),
        };
    }

    private Removal? Excluded(Deployment deployment)
    {
        var provider = deployment.Provider;
        if (!route.Regions.IsEmpty && !Contains(route.Regions, provider.Region))
        {
            var where = provider.Region ?? "unknown";
            return Removed(
                deployment,
                $"region {where} is not {string.Join(" or ", route.Regions)}",
                RemovalCause.Region
            );
        }

        if (OverPrice(deployment.Price) is { } dear)
        {
            return Removed(deployment, dear, RemovalCause.Price);
        }

        foreach (var tag in route.Compliance)
        {
            if (!Contains(provider.Compliance, tag))
            {
                return Removed(deployment, $"provider {provider.Id} is not {tag}", RemovalCause.Compliance);
            }
        }

        return null;
    }

    private string? OverPrice(Price? price) =>
        route.MaxInputPrice is null && route.MaxOutputPrice is null ? null
        : price is null ? "price unknown and its price is capped"
        : price.Input > route.MaxInputPrice ? PriceReason("input", price.Input, route.MaxInputPrice.Value)
        : price.Output > route.MaxOutputPrice ? PriceReason("output", price.Output, route.MaxOutputPrice.Value)
        : null;

    private static string PriceReason(string what, Usd price, Usd most) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{what} price {PerMillion(price)} > {PerMillion(most)} USD per 1M tokens"
        );

    private static decimal PerMillion(Usd perToken) => perToken.PicoDollars / 1_000_000m;

    private static bool Contains(ImmutableArray<string> values, string? wanted) =>
        wanted is not null && values.Contains(wanted, StringComparer.OrdinalIgnoreCase);

    private static Removal Removed(Deployment deployment, string reason, RemovalCause cause) =>
        new(deployment.Model.Id, deployment.Id, reason) { Cause = cause };
}
