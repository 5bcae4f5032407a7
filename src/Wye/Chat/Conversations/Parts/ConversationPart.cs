namespace Wye.Chat.Conversations.Parts;

/// <summary>One part of a message: the closed family of what a chat can hold, whatever its wire format. Immutable.</summary>
public abstract record ConversationPart
{
    private protected ConversationPart() { }

    /// <summary>Where it stands in the caller's request, for refusals; null = not said.</summary>
    public string? Path { get; init; }
}
