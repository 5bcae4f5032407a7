namespace Wye.Delivery.Walking;

/// <summary>Why a call is made.</summary>
internal enum AttemptCause
{
    /// <summary>The first call of the request.</summary>
    First,

    /// <summary>The same node again, after a failure.</summary>
    Retry,

    /// <summary>Another node, after a failure.</summary>
    Fallback,

    /// <summary>A stronger node, after a gate refused a good answer.</summary>
    Escalation,

    /// <summary>The plan's next stage.</summary>
    Stage,

    /// <summary>A model labels the request.</summary>
    Classify,

    /// <summary>A model judges an answer.</summary>
    Judge,

    /// <summary>One more answer, to compare with the first.</summary>
    Sample,
}
