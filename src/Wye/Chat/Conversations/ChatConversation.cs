using System.Collections.Immutable;
using Wye.Chat.Conversations.Parts;

namespace Wye.Chat.Conversations;

/// <summary>A chat request free of any wire format: what a writer of another dialect writes from. Immutable.</summary>
public sealed record ChatConversation
{
    /// <summary>All messages in order, system prompts among them.</summary>
    public required ImmutableArray<ConversationMessage> Messages { get; init; }

    /// <summary>Tools offered.</summary>
    public ImmutableArray<ConversationTool> Tools { get; init; } = [];

    /// <summary>What is demanded of tool calls; null = not said.</summary>
    public ToolDemand? ToolDemand { get; init; }

    /// <summary>Whether several tools may be called at once; null = not said.</summary>
    public bool? ParallelTools { get; init; }

    /// <summary>Temperature as the caller gave it; null = not said.</summary>
    public double? Temperature { get; init; }

    /// <summary>Nucleus sampling, 0..1; null = not said.</summary>
    public double? TopP { get; init; }

    /// <summary>Sampling from the k likeliest tokens; null = not said.</summary>
    public int? TopK { get; init; }

    /// <summary>Stop sequences.</summary>
    public ImmutableArray<string> Stop { get; init; } = [];

    /// <summary>What the answer must look like; null = free text.</summary>
    public AnswerFormat? Format { get; init; }

    /// <summary>How much to reason; null = not said.</summary>
    public ReasoningDemand? Reasoning { get; init; }

    /// <summary>Whether the caller asked for no reasoning at all; default false = nothing said about it.</summary>
    public bool ReasoningOff { get; init; }

    /// <summary>The caller's user; null = not named.</summary>
    public string? User { get; init; }

    /// <summary>Names of what the request said and this form has no place for; a writer hands them on as dropped.</summary>
    public ImmutableArray<string> Unmapped { get; init; } = [];

    /// <summary>
    /// The same without the first line of the last user message that has text: its <c>/model</c> line. A part that held nothing
    /// else goes with it, unless it is the only one.
    /// </summary>
    public ChatConversation WithoutDirective()
    {
        for (var i = Messages.Length - 1; i >= 0; i--)
        {
            var message = Messages[i];
            if (message.Role != ChatRole.User || FirstText(message.Parts) is not { } at)
            {
                continue;
            }

            var text = ((TextPart)message.Parts[at]).Text;
            var end = text.IndexOfAny(['\r', '\n']);
            var rest = end < 0 ? "" : text[(text.AsSpan(end).StartsWith("\r\n") ? end + 2 : end + 1)..];
            var isEmpty = string.IsNullOrWhiteSpace(rest) && message.Parts.Length > 1;
            var parts = isEmpty ? message.Parts.RemoveAt(at) : message.Parts.SetItem(at, new TextPart(rest));
            return this with { Messages = Messages.SetItem(i, message with { Parts = parts }) };
        }

        return this;
    }

    private static int? FirstText(ImmutableArray<ConversationPart> parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] is TextPart)
            {
                return i;
            }
        }

        return null;
    }
}
