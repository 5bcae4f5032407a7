namespace Wye.Dialects;

/// <summary>A wire format that is spoken on both sides. Stateless, thread-safe.</summary>
/// <remarks>
/// Same dialect on both sides = bytes are spliced and relayed; else the canonical form of <c>Chat.Conversations</c> and
/// <c>Chat.Events</c> stands between. All JSON keys of a wire format live behind these ports.
/// </remarks>
public interface IDialect : ICallerDialect, IProviderDialect;
