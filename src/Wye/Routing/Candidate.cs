using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;

namespace Wye.Routing;

/// <summary>A model that may take the request.</summary>
/// <param name="Model">The model.</param>
/// <param name="Tier">The tier it stands in for this route.</param>
/// <param name="Deployments">Its eligible deployments; never empty.</param>
/// <param name="ExpectedCost">Expected cost of this request there; null = price unknown.</param>
public sealed record Candidate(Model Model, Tier Tier, ImmutableArray<Deployment> Deployments, Usd? ExpectedCost);
