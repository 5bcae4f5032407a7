namespace Wye.Signals.Steps;

/// <summary>Where in a request a word stands; the same words say more in some places.</summary>
internal enum StepPlace
{
    /// <summary>First sentence of the last user turn.</summary>
    First,

    /// <summary>Its last sentence.</summary>
    Last,

    /// <summary>Between them: often data, not the ask.</summary>
    Middle,

    /// <summary>The system prompt.</summary>
    System,
}
