using Wye.Routing.Plans;

namespace Wye.Delivery.Walking;

/// <summary>Counts the calls of one request against its bounds. The one place where a call is allowed or not.</summary>
/// <remarks>What the process as a whole may retry is counted in <see cref="RetryBudget"/>.</remarks>
internal struct AttemptBudget(PlanBounds bounds)
{
    private int _byFailure;

    /// <summary>Calls made.</summary>
    public int Calls { get; private set; }

    /// <summary>Whether one more call for that cause stays within the bounds.</summary>
    public readonly bool Allows(AttemptCause cause) =>
        Calls < bounds.MaxUpstreamCalls && (!IsByFailure(cause) || _byFailure < bounds.MaxFailureAttempts);

    /// <summary>Counts a call.</summary>
    public void Take(AttemptCause cause)
    {
        Calls++;
        _byFailure += IsByFailure(cause) ? 1 : 0;
    }

    private static bool IsByFailure(AttemptCause cause) =>
        cause is AttemptCause.First or AttemptCause.Retry or AttemptCause.Fallback;
}
