using Wye.Primitives;

namespace Wye.Delivery.Attempts;

/// <summary>Cancels one call: when its caller leaves, when the gateway stops, or when the armed limit or a deadline passes. Pooled; re-armed per frame.</summary>
internal sealed class CallClock(TimeProvider time)
{
    /// <summary>The reason when the gateway stops; no target is available to the request any more.</summary>
    public const FailureKind Stopping = FailureKind.NoneAvailable;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    private readonly CancellationTokenSource _source = new(Timeout.InfiniteTimeSpan, time);
    private CancellationTokenRegistration _registration;
    private CancellationTokenRegistration _stopRegistration;
    private CancellationToken _callerGone;
    private CancellationToken _stopping;
    private Deadline _total;
    private Deadline _node;
    private FailureKind _onExpiry;

    /// <summary>The call's token.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Begins a call.</summary>
    /// <param name="callerGone">Cancelled when the caller leaves.</param>
    /// <param name="stopping">Cancelled when the gateway lets nothing run any longer.</param>
    /// <param name="total">End of the whole request.</param>
    /// <param name="node">End of the plan node.</param>
    public void Start(CancellationToken callerGone, CancellationToken stopping, Deadline total, Deadline node)
    {
        _callerGone = callerGone;
        _stopping = stopping;
        _total = total;
        _node = node;
        _registration = callerGone.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(),
            _source
        );
        _stopRegistration = stopping.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(),
            _source
        );
    }

    /// <summary>The answer has begun: the node's own time no longer counts, only the whole request's.</summary>
    public void ReleaseNode() => _node = Deadline.Never;

    /// <summary>Limits the next wait; <paramref name="kind"/> is the failure when the limit itself passes.</summary>
    public void Arm(TimeSpan limit, FailureKind kind) => Arm(limit, kind, time.GetTimestamp());

    /// <summary>The same at a moment that was read already.</summary>
    public void Arm(TimeSpan limit, FailureKind kind, long now)
    {
        _onExpiry = kind;
        var left = limit;
        if (_node.Remaining(time, now) is var node && node < left)
        {
            (left, _onExpiry) = (node, FailureKind.FirstTokenTimeout);
        }

        if (_total.Remaining(time, now) is var total && total <= left)
        {
            (left, _onExpiry) = (total, FailureKind.TotalTimeout);
        }

        if (left <= TimeSpan.Zero)
        {
            _source.Cancel();
            return;
        }

        _source.CancelAfter(left < Longest ? left : Longest);
    }

    /// <summary>Limits the next wait by the deadlines alone.</summary>
    public void ArmDeadlines() => Arm(TimeSpan.MaxValue, FailureKind.TotalTimeout);

    /// <summary>Why the token was cancelled; null = it was not.</summary>
    public FailureKind? Reason =>
        _callerGone.IsCancellationRequested ? FailureKind.CallerGone
        : _stopping.IsCancellationRequested ? Stopping
        : _source.IsCancellationRequested ? _onExpiry
        : null;

    /// <summary>Ends the call.</summary>
    /// <returns>Whether the clock can serve another call.</returns>
    public bool TryReset()
    {
        _registration.Dispose();
        _registration = default;
        _stopRegistration.Dispose();
        _stopRegistration = default;
        (_callerGone, _stopping) = (CancellationToken.None, CancellationToken.None);
        if (_source.TryReset())
        {
            return true;
        }

        _source.Dispose();
        return false;
    }
}
