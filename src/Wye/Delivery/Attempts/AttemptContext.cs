using Microsoft.Extensions.Logging;
using Wye.Primitives;

namespace Wye.Delivery.Attempts;

/// <summary>What the attempts of one request share.</summary>
internal abstract class AttemptContext
{
    /// <summary>The request.</summary>
    public required DeliveryRequest Request { get; init; }

    /// <summary>The caller's side.</summary>
    public required IDeliverySink Sink { get; init; }

    /// <summary>Cancelled when the caller leaves.</summary>
    public required CancellationToken CallerGone { get; init; }

    /// <summary>End of the whole request.</summary>
    public required Deadline Total { get; init; }

    /// <summary>Where models come from.</summary>
    public required IModelSource Models { get; init; }

    /// <summary>Where clocks come from.</summary>
    public required CallClockPool Clocks { get; init; }

    /// <summary>The time.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Most bytes held back before the first content.</summary>
    public required int MaxHeldBytes { get; init; }

    /// <summary>Most bytes of a streamed answer that are held back for a gate.</summary>
    public required int MaxGatedBytes { get; init; }

    /// <summary>Where odd events go.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Provenance of a stream that begins now.</summary>
    public abstract DeliveryHead HeadOf(Attempt attempt);

    /// <summary>Provenance while nothing has answered yet. Called beside the walk.</summary>
    public abstract DeliveryHead WaitingHead();

    /// <summary>The call under way gave its first content.</summary>
    public abstract void OnFirstContent();

    /// <summary>An answer begins or none will come: no heartbeat follows.</summary>
    public abstract ValueTask StopHeartbeatAsync();
}
