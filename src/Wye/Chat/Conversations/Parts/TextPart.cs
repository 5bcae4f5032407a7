namespace Wye.Chat.Conversations.Parts;

/// <summary>Text.</summary>
/// <param name="Text">Half surrogate pairs of the source are U+FFFD.</param>
public sealed record TextPart(string Text) : ConversationPart
{
    /// <summary>Whether the model says it instead of an answer it refuses; default false.</summary>
    public bool IsRefusal { get; init; }
}
