namespace Wye.Dialects.Sse;

/// <summary>What a read of server-sent events gave.</summary>
internal enum SseStatus
{
    /// <summary>A whole event.</summary>
    Event,

    /// <summary>The stream ended inside this event; whether it is whole cannot be known from the framing.</summary>
    Unfinished,

    /// <summary>The stream ended.</summary>
    End,

    /// <summary>A line or an event is larger than its bound.</summary>
    TooLarge,
}
