using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Simulator.Answers;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Wire;

/// <summary>A dialect's reader and writer; one instance per call, so it may keep state between the chunks of a stream.</summary>
/// <remarks>A new dialect is one new face and one line in <c>Router</c>: faults, billing and pace know no dialect.</remarks>
internal abstract class ChatFace
{
    /// <summary>What response ids begin with.</summary>
    public abstract string IdPrefix { get; }

    /// <summary>The response header that carries the request id.</summary>
    public abstract string RequestIdHeader { get; }

    /// <summary>Reads the body into <paramref name="call"/>; null: all well.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public abstract WireError? Read(SimulatedCall call, ReadOnlySpan<byte> body);

    /// <summary>Fills the cache counts of <paramref name="call"/>.</summary>
    public virtual void ReadCache(SimulatedCall call, Caching.PromptCache cache) =>
        call.CacheReadTokens = cache.ReadAndRemember(call.Model, call.Transcript.Bytes, call.PromptTokens);

    /// <summary>Gives an error its words, and another status where the dialect uses one.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="status">The status to use otherwise.</param>
    /// <param name="call">Null: nothing was read yet.</param>
    public abstract WireError Word(ErrorCause cause, int status, SimulatedCall? call);

    /// <summary>The error a fault stands for; what the fault says itself wins.</summary>
    public WireError ErrorOf(Fault fault, SimulatedCall call)
    {
        var usual = Word(fault.Cause, fault.StatusCode, call);
        return usual with
        {
            Message = fault.ErrorMessage ?? usual.Message,
            Type = fault.ErrorType ?? usual.Type,
            Code = fault.ErrorCode ?? usual.Code,
        };
    }

    /// <summary>The rate limit headers of a call refused for its rate.</summary>
    /// <param name="headers">Where to.</param>
    /// <param name="reset">When the limit resets, as the fault says it, for example "6m0s".</param>
    /// <param name="now">By the Simulator's clock.</param>
    public abstract void SetLimitHeaders(IHeaderDictionary headers, string reset, DateTimeOffset now);

    public abstract void WriteError(IBufferWriter<byte> body, WireError error);

    /// <summary>A whole answer; <paramref name="usage"/> null: without usage. No choices: as if the model had said nothing.</summary>
    public abstract void WriteReply(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage);

    /// <summary>A body that looks like an answer and is not JSON.</summary>
    public abstract void WriteBrokenReply(IBufferWriter<byte> body);

    /// <summary>An answer up to the inside of its text.</summary>
    public abstract void WriteReplyHead(IBufferWriter<byte> body, SimulatedCall call);

    /// <summary>What comes before the first content; <paramref name="usage"/> as far as known by then.</summary>
    public abstract void WriteStart(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage);

    public abstract void WritePiece(
        IBufferWriter<byte> body,
        SimulatedCall call,
        Reply reply,
        in StreamPiece piece,
        WireUsage? usageSoFar
    );

    /// <summary>A content chunk with text of its own.</summary>
    public abstract void WriteText(IBufferWriter<byte> body, SimulatedCall call, ReadOnlySpan<byte> utf8);

    /// <summary>A content chunk that ends in the middle of its line.</summary>
    public abstract void WriteHalfChunk(IBufferWriter<byte> body);

    /// <summary>A content chunk that is not JSON.</summary>
    public abstract void WriteBrokenChunk(IBufferWriter<byte> body);

    /// <summary>Finish reasons of all choices.</summary>
    public abstract void WriteFinish(IBufferWriter<byte> body, SimulatedCall call, Reply reply, WireUsage? usage);

    /// <summary>The usage chunk, where the dialect has one and the caller asked for it.</summary>
    public abstract void WriteUsage(IBufferWriter<byte> body, SimulatedCall call, WireUsage? usage);

    /// <summary>The terminator.</summary>
    public abstract void WriteDone(IBufferWriter<byte> body);

    public abstract void WriteErrorEvent(IBufferWriter<byte> body, WireError error);
}
