namespace Wye.Gates;

/// <summary>What a gate says of an answer.</summary>
public enum GateDecision
{
    /// <summary>Good enough: it may be delivered.</summary>
    Passed,

    /// <summary>Not good enough.</summary>
    Refused,

    /// <summary>The gate cannot tell.</summary>
    Abstained,
}
