using System.Buffers;
using Wye.Chat.Conversations;
using Wye.Primitives;

namespace Wye.Chat;

/// <summary>A whole, unstreamed answer: raw bytes and a small view. Dispose returns the buffer.</summary>
public sealed class ChatReply(IMemoryOwner<byte>? owner = null) : IDisposable
{
    /// <summary>The wire format of <see cref="Body"/>.</summary>
    public required DialectId Dialect { get; init; }

    /// <summary>The body as the provider sent it.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Text of the first choice, unescaped UTF-8; empty when it only calls tools.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>Number of tool calls in the first choice.</summary>
    public int ToolCallCount { get; init; }

    /// <summary>Why the model stopped.</summary>
    public FinishReason Finish { get; init; }

    /// <summary>Tokens as the provider counted them; null = not said, or absurd.</summary>
    public Usage? Usage { get; init; }

    /// <summary>Tokens as they are billed; null = not counted yet. Set before the reply is written.</summary>
    public Usage? Counted { get; set; }

    /// <summary>Reads the body into the canonical form for a caller of another dialect; null = it cannot be read so.</summary>
    public IAnswerReader? Answers { get; init; }

    /// <inheritdoc/>
    public void Dispose() => owner?.Dispose();
}
