using Wye.Primitives;

namespace Wye.Chat.Events;

/// <summary>One event of a streamed answer, free of any wire format. Members that its kind does not name are default.</summary>
public readonly record struct ChatEvent(ChatEventKind Kind)
{
    /// <summary>The piece of text, reasoning, signature or arguments.</summary>
    public string? Text { get; init; }

    /// <summary>Whether a piece of text is what the model says instead of an answer it refuses; default false.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>Number of the tool call within the answer, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Id of the answer or of the tool call; null = none.</summary>
    public string? Id { get; init; }

    /// <summary>Name of the model or of the tool; null = none.</summary>
    public string? Name { get; init; }

    /// <summary>Why the model stopped.</summary>
    public FinishReason Finish { get; init; }

    /// <summary>The stop sequence that ended it; null = none, or not said.</summary>
    public string? StopSequence { get; init; }

    /// <summary>Tokens so far.</summary>
    public Usage? Usage { get; init; }
}
