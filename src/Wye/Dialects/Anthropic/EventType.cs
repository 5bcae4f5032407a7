namespace Wye.Dialects.Anthropic;

/// <summary>The events of a stream.</summary>
internal enum EventType
{
    /// <summary>Not known; relayed as it is.</summary>
    Unknown,
    MessageStart,
    BlockStart,
    BlockDelta,
    BlockStop,
    MessageDelta,
    MessageStop,
    Ping,
    Error,
}
