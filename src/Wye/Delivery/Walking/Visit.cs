using Wye.Chat;
using Wye.Delivery.Attempts;

namespace Wye.Delivery.Walking;

/// <summary>What a visit of a plan node came to: a call that waits to run, an event whose edge is followed, or the end of the walk.</summary>
internal readonly record struct Visit
{
    /// <summary>The call to run next; null = none.</summary>
    public Attempt? Begun { get; private init; }

    /// <summary>What happened.</summary>
    public NodeEvent Event { get; private init; }

    /// <summary>The end, when no edge may be followed any more.</summary>
    public Ending? Over { get; private init; }

    /// <summary>A call is to be run.</summary>
    public static Visit Run(Attempt attempt) => new() { Begun = attempt };

    /// <summary>An edge is to be followed.</summary>
    public static Visit Follow(in NodeEvent happened) => new() { Event = happened };

    /// <summary>The caller left while nothing was called.</summary>
    public static Visit Left { get; } = new() { Over = new Ending(Answer: null, WalkErrors.CallerGone) };

    /// <summary>The request cannot go on, whatever edges there are.</summary>
    public static Visit Fail(ChatError error) => new() { Over = new Ending(Answer: null, error) };

    /// <summary>The gateway stops.</summary>
    public static Visit Stopped { get; } = new() { Over = new Ending(Answer: null, WalkErrors.Stopping) };

    /// <summary>The stream has begun, or the caller left: what is said now is final.</summary>
    public static Visit End(Attempt attempt) =>
        new() { Over = new Ending(attempt.Committed ? attempt : null, attempt.Error) };
}
