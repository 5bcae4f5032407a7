using System.Buffers;
using System.Text.Json;
using Wye.Simulator.Answers;

namespace Wye.Simulator.Wire;

/// <summary>A dialect's reader and writer; one instance per call, so it may keep state between the chunks of a stream.</summary>
/// <remarks>A new dialect is one new face and one line in <c>Router</c>: faults, billing and pace know no dialect.</remarks>
internal abstract class ChatFace
{
    /// <summary>What response ids begin with.</summary>
    public abstract string IdPrefix { get; }

    /// <summary>Reads the body into <paramref name="call"/>; null: all well.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public abstract WireError? Read(SimulatedCall call, ReadOnlySpan<byte> body);

    /// <summary>Fills the cache counts of <paramref name="call"/>.</summary>
    public virtual void ReadCache(SimulatedCall call, Caching.PromptCache cache) =>
        call.CacheReadTokens = cache.ReadAndRemember(call.Model, call.Transcript.Bytes, call.PromptTokens);

    public abstract void WriteError(IBufferWriter<byte> body, WireError error);

    /// <summary>A whole answer; <paramref name="usage"/> null: without usage. No choices: as if the model had said nothing.</summary>
    public abstract void WriteReply(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage);

    /// <summary>What comes before the first content.</summary>
    public abstract void WriteStart(IBufferWriter<byte> body, SimulatedCall call, Reply reply);

    public abstract void WritePiece(
        IBufferWriter<byte> body,
        SimulatedCall call,
        Reply reply,
        in StreamPiece piece,
        WireUsage? usageSoFar
    );

    /// <summary>A content chunk with text of its own.</summary>
    public abstract void WriteText(IBufferWriter<byte> body, SimulatedCall call, ReadOnlySpan<byte> utf8);

    /// <summary>Finish reasons of all choices.</summary>
    public abstract void WriteFinish(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage);

    /// <summary>The usage chunk, where the dialect has one and the caller asked for it.</summary>
    public abstract void WriteUsage(IBufferWriter<byte> body, SimulatedCall call, WireUsage? usage);

    /// <summary>The terminator.</summary>
    public abstract void WriteDone(IBufferWriter<byte> body);

    public abstract void WriteErrorEvent(IBufferWriter<byte> body, WireError error);
}
