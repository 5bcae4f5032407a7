using Wye.Chat;
using Wye.Primitives;

namespace Wye.Gates;

/// <summary>What a gate judges: an answer to a request, and what was called to judge it. Borrowed until the verdict.</summary>
public sealed record GateSubject
{
    /// <summary>What the caller asked.</summary>
    public required ChatRequest Request { get; init; }

    /// <summary>The answer. A streamed one is put together: its text, tool calls and finish reason, without a body.</summary>
    public required ChatReply Reply { get; init; }

    /// <summary>The key the request came with: what is remembered is remembered for it alone.</summary>
    public KeyId Key { get; init; }

    /// <summary>Other answers to the same request, for agreement; empty = none was asked for.</summary>
    public IReadOnlyList<ChatReply> Samples { get; init; } = [];

    /// <summary>What a judging model said of <see cref="Reply"/>; null = none was asked.</summary>
    public ChatReply? Judgement { get; init; }
}
