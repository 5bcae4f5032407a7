namespace Wye.Routing.Plans;

/// <summary>What happened at a node, so that an edge is followed.</summary>
public enum EdgeEvent
{
    /// <summary>The gate passed the answer. Without such an edge (and without a gate) the answer is delivered.</summary>
    Passed,

    /// <summary>The gate refused the answer; edges may carry a score bin.</summary>
    Refused,

    /// <summary>The gate could not tell. Without such an edge it counts as refused.</summary>
    Abstained,

    /// <summary>The call failed and its allowance is used up; edges carry the failure kinds they take.</summary>
    Failed,

    /// <summary>The node's call does not fit the budget or the cost cap.</summary>
    Unaffordable,

    /// <summary>A classify node gave a label.</summary>
    Label,
}
