using System.Collections.Frozen;
using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>Every fact of one moment: models, deployments, tiers. Immutable; a request sees one.</summary>
public sealed class CatalogSnapshot
{
    private readonly FrozenDictionary<ModelId, Model> _models;
    private readonly FrozenDictionary<ModelId, ImmutableArray<Deployment>> _deploymentsOf;
    private readonly FrozenDictionary<DeploymentId, Deployment> _deployments;
    private readonly FrozenDictionary<ModelId, Tier> _tierOf;

    /// <summary>Indexes the facts.</summary>
    /// <param name="models">Every model that has a deployment, and any other that shall be known.</param>
    /// <param name="deployments">Every deployment.</param>
    /// <param name="tiers">Cheapest first.</param>
    /// <exception cref="ArgumentException">An id stands twice.</exception>
    public CatalogSnapshot(IEnumerable<Model> models, IEnumerable<Deployment> deployments, IEnumerable<Tier> tiers)
    {
        Models = [.. models];
        Deployments = [.. deployments];
        Tiers = [.. tiers];
        _models = Models.ToFrozenDictionary(model => model.Id);
        _deployments = Deployments.ToFrozenDictionary(deployment => deployment.Id);
        _deploymentsOf = Deployments
            .GroupBy(deployment => deployment.Model.Id)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
        _tierOf = Tiers
            .SelectMany(tier => tier.Models.Select(model => (model, tier)))
            .DistinctBy(pair => pair.model)
            .ToFrozenDictionary(pair => pair.model, pair => pair.tier);
    }

    /// <summary>Every model known.</summary>
    public ImmutableArray<Model> Models { get; }

    /// <summary>Every deployment.</summary>
    public ImmutableArray<Deployment> Deployments { get; }

    /// <summary>Tiers, cheapest first.</summary>
    public ImmutableArray<Tier> Tiers { get; }

    /// <summary>The model of that name; null = not known.</summary>
    public Model? FindModel(ModelId id) => _models.GetValueOrDefault(id);

    /// <summary>The deployment of that name; null = not known.</summary>
    public Deployment? FindDeployment(DeploymentId id) => _deployments.GetValueOrDefault(id);

    /// <summary>Deployments of a model, in configuration order; empty = not callable.</summary>
    public ImmutableArray<Deployment> DeploymentsOf(ModelId id) => _deploymentsOf.GetValueOrDefault(id, []);

    /// <summary>The tier a model stands in; null = in none.</summary>
    public Tier? TierOf(ModelId id) => _tierOf.GetValueOrDefault(id);
}
