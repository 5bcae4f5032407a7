namespace Wye.Simulator.Faults;

/// <summary>Who pays for a faulted call.</summary>
public enum FaultBilling
{
    /// <summary>The Simulator's rule: nothing before content, input and output so far after it, all when the answer came whole.</summary>
    ByRule,

    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The input, and the output generated up to the fault.</summary>
    UpToThere,

    /// <summary>The whole answer, delivered or not.</summary>
    ToTheEnd,
}
