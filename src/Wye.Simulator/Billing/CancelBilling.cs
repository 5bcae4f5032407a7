namespace Wye.Simulator.Billing;

/// <summary>What a caller pays who hangs up; providers differ.</summary>
public enum CancelBilling
{
    /// <summary>Before the first content nothing; afterwards the input and the output generated so far. The default.</summary>
    UpToThere,

    /// <summary>The input from the moment the call was accepted, and the output generated so far.</summary>
    InputAlways,

    /// <summary>The whole answer, as if it had been read to its end.</summary>
    ToTheEnd,
}
