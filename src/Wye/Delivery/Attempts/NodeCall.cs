using Wye.Gates;
using Wye.Primitives;

namespace Wye.Delivery.Attempts;

/// <summary>What a plan node sends: the caller's request, or one of Wye's own about it.</summary>
/// <param name="Request">The request as it is sent, with its own token estimates.</param>
/// <param name="Held">Whether a streamed answer is held back to its end.</param>
internal sealed record NodeCall(DeliveryRequest Request, bool Held)
{
    /// <summary>The gate that judges the answer, and may refuse it after its first tokens; null = none.</summary>
    public GateId? Gate { get; init; }

    /// <summary>Where gates are asked.</summary>
    public IGateKeeper? Gates { get; init; }
}
