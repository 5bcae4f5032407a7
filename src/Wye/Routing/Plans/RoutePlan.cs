using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Sessions;

namespace Wye.Routing.Plans;

/// <summary>A finite, immutable decision tree: what is called, with which allowance, and what follows. Delivery only follows edges.</summary>
/// <remarks>Node 0 is the root; every edge points to a higher index or to a <see cref="PlanEnd"/>, so every walk ends.</remarks>
public sealed record RoutePlan
{
    /// <summary>The route that was asked.</summary>
    public required RouteName Route { get; init; }

    /// <summary>The nodes; at least one.</summary>
    public required ImmutableArray<PlanNode> Nodes { get; init; }

    /// <summary>Name of the selection policy that wrote it.</summary>
    public required string Policy { get; init; }

    /// <summary>Why this model, in one short line of printable ASCII, e.g. <c>static: classify → small</c> written with <c>-&gt;</c>.</summary>
    public required string Why { get; init; }

    /// <summary>The tier that the route's ladder replaced and by which, e.g. <c>large -> small</c>; null = none.</summary>
    public string? Degraded { get; init; }

    /// <summary>Candidates that are not in it, each with its reason.</summary>
    public ImmutableArray<Removal> Removals { get; init; } = [];

    /// <summary>The model that savings are counted against; null = none eligible.</summary>
    public Model? Strong { get; init; }

    /// <summary>Bounds over the whole request.</summary>
    public PlanBounds Bounds { get; init; } = PlanBounds.Default;

    /// <summary>What the request seems to be.</summary>
    public StepKind StepKind { get; init; }

    /// <summary>Whether the request's <c>/model</c> line was honoured and is left out upstream.</summary>
    public bool CutDirective { get; init; }

    /// <summary>Orders the deployments of a node when its attempt starts.</summary>
    public required IBalancingPolicy Balancing { get; init; }

    /// <summary>Expected tokens of the answer, for comparing costs and counting rate limits; 0 = not known.</summary>
    public int ExpectedOutput { get; init; }

    /// <summary>What <c>learned</c> expects of the model it chose; null = another policy wrote the plan, or outcomes do not teach.</summary>
    public QualityExpectation? Expected { get; init; }

    /// <summary>Where the label of its classify node is remembered; null = it is not.</summary>
    public DecisionKey? Remember { get; init; }

    /// <summary>The request as a turn of its conversation; null = conversations are not held on this route.</summary>
    public SessionTurn? Session { get; init; }
}
