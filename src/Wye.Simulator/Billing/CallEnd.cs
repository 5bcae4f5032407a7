namespace Wye.Simulator.Billing;

/// <summary>How a call ended, seen from the Simulator.</summary>
public enum CallEnd
{
    /// <summary>The whole answer was handed to the transport.</summary>
    Completed,

    /// <summary>The caller closed the connection first.</summary>
    CancelledByCaller,

    /// <summary>An error, scripted or honest, came before the first byte of content.</summary>
    FaultedBeforeContent,

    /// <summary>A scripted fault came after content had been sent.</summary>
    FaultedAfterContent,
}
