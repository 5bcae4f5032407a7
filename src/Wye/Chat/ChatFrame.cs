using Wye.Chat.Conversations;
using Wye.Chat.Events;
using Wye.Primitives;

namespace Wye.Chat;

/// <summary>One server-sent event of a streamed answer in its provider's dialect, with what was read from it.</summary>
/// <remarks>Its memory is valid until the next frame is read.</remarks>
public readonly record struct ChatFrame
{
    /// <summary>The wire format of <see cref="Data"/>.</summary>
    public required DialectId Dialect { get; init; }

    /// <summary>The event's name, for dialects that name them; null = none.</summary>
    public string? EventName { get; init; }

    /// <summary>The payload behind <c>data: </c>, without line breaks.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Where in <see cref="Data"/> an empty text stands as the answer's id; 0 = nowhere.</summary>
    internal int EmptyId { get; init; }

    /// <summary>What it carries.</summary>
    public ChatFrameKinds Kinds { get; init; }

    /// <summary>UTF-8 length of the text, reasoning and tool arguments in it; the base of an estimate when usage never comes.</summary>
    public int ContentBytes { get; init; }

    /// <summary>Why the model stopped, when <see cref="ChatFrameKinds.Finish"/> is set.</summary>
    public FinishReason Finish { get; init; }

    /// <summary>Tokens so far, when <see cref="ChatFrameKinds.Usage"/> is set; later frames replace what they name.</summary>
    public Usage? Usage { get; init; }

    /// <summary>The failure, when <see cref="ChatFrameKinds.Error"/> is set.</summary>
    public ChatError? Error { get; init; }

    /// <summary>Log-probabilities of the tokens in it, where a gate reads them; null = none came, or nobody does.</summary>
    public TokenConfidence? Confidence { get; init; }

    /// <summary>Reads this stream's frames into canonical events for a caller of another dialect; null = they cannot be read so.</summary>
    public IChatEventReader? Events { get; init; }

    /// <summary>Whether the frame carries any of <paramref name="kinds"/>.</summary>
    public bool Has(ChatFrameKinds kinds) => (Kinds & kinds) != ChatFrameKinds.None;
}
