namespace Wye.Routing.Plans;

/// <summary>What a plan node calls its model for.</summary>
public enum CallKind
{
    /// <summary>Answer the caller.</summary>
    Answer,

    /// <summary>Label the request; its edges are <see cref="EdgeEvent.Label"/> edges.</summary>
    Classify,

    /// <summary>Judge another node's answer.</summary>
    Judge,

    /// <summary>One more sample of an answer, for agreement.</summary>
    Sample,
}
