using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Reads a message into the canonical form. Blocks of tools that the provider ran are left out.</summary>
internal sealed class AnswerReader : IAnswerReader
{
    /// <summary>The only one.</summary>
    public static readonly AnswerReader Instance = new();

    /// <inheritdoc/>
    public ChatAnswer Read(ChatReply reply)
    {
        using var document = Json.Parse(reply.Body);
        var body = document.RootElement;
        var id = body.String("id"u8);
        var parts = ImmutableArray.CreateBuilder<ConversationPart>();
        foreach (var block in body.Member("content"u8).Items())
        {
            if (Part(block, id, parts.Count) is { } part)
            {
                parts.Add(part);
            }
        }

        return new ChatAnswer
        {
            Id = id,
            Model = body.String("model"u8),
            Parts = parts.ToImmutable(),
            Finish = reply.Finish,
            StopSequence = body.String("stop_sequence"u8),
            Usage = reply.Usage,
        };
    }

    private static ConversationPart? Part(JsonElement block, string? answer, int index)
    {
        var input = block.Member("input"u8);
        return block.String("type"u8) switch
        {
            "text" => new TextPart(block.String("text"u8) ?? ""),
            "thinking" => new ThinkingPart(block.String("thinking"u8) ?? "", block.String("signature"u8)),
            "tool_use" => new ToolCallPart(
                CallIds.Of(block.String("id"u8), answer, index),
                block.String("name"u8) ?? "",
                input.IsObject() ? input.GetRawText() : "{}"
            ),
            _ => null,
        };
    }
}
