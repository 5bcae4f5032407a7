using Wye.Chat;

namespace Wye.Dialects;

/// <summary>Reads the events of one stream; keeps what the dialect spreads over several of them.</summary>
public interface IFrameReader
{
    /// <summary>
    /// Reads one event. A payload that breaks the dialect gives an error frame
    /// (<see cref="Primitives.FailureKind.BadResponse"/>).
    /// </summary>
    ChatFrame Read(string? eventName, ReadOnlyMemory<byte> data);

    /// <summary>Whether a stream has no terminator: it is whole when its body ends after a finish reason. Default false.</summary>
    bool EndsWithTheBody => false;
}
