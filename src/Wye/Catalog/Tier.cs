using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>An ordered quality class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rank">1 = cheapest.</param>
/// <param name="Models">Its models, in the order of preference.</param>
public sealed record Tier(TierName Name, int Rank, ImmutableArray<ModelId> Models);
