using System.Collections.Immutable;
using Wye.Gates;
using Wye.Primitives;

namespace Wye.Hosting.Configuration.Resolving.GateParts;

/// <summary>A gate with the calls it needs.</summary>
/// <param name="Entry">What judges.</param>
internal sealed record ResolvedGate(GateEntry Entry)
{
    /// <summary>The model that judges; null = none.</summary>
    public ModelId? Judge { get; init; }

    /// <summary>Models that are sampled, one call each.</summary>
    public ImmutableArray<ModelId> Samples { get; init; } = [];

    /// <summary>Whether it only repeats what a model says of itself, and so may not decide alone.</summary>
    public bool OnlyStated { get; init; }
}
