using System.Collections.Immutable;
using Wye.Chat.Conversations.Parts;
using Wye.Primitives;

namespace Wye.Chat.Conversations;

/// <summary>A whole answer free of any wire format. Immutable.</summary>
public sealed record ChatAnswer
{
    /// <summary>The provider's id of it; null = none.</summary>
    public string? Id { get; init; }

    /// <summary>The model as the provider names it; null = not said.</summary>
    public string? Model { get; init; }

    /// <summary>Text, thinking and tool calls, in order.</summary>
    public required ImmutableArray<ConversationPart> Parts { get; init; }

    /// <summary>Why the model stopped.</summary>
    public FinishReason Finish { get; init; }

    /// <summary>The stop sequence that ended it; null = none, or not said.</summary>
    public string? StopSequence { get; init; }

    /// <summary>Tokens as the provider counted them; null = not said.</summary>
    public Usage? Usage { get; init; }

    /// <summary>Log-probabilities of its tokens; null = the provider returned none.</summary>
    public TokenConfidence? Confidence { get; init; }
}
