using System.Collections.Immutable;

namespace Wye.Chat.Conversations.Parts;

/// <summary>What a tool gave back.</summary>
/// <param name="CallId">The call it answers.</param>
/// <param name="Content">Text, images or documents, in order.</param>
public sealed record ToolResultPart(string CallId, ImmutableArray<ConversationPart> Content) : ConversationPart
{
    /// <summary>Whether the tool failed; default false.</summary>
    public bool IsError { get; init; }
}
