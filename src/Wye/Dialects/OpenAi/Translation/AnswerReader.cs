using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Reads a chat completion into the canonical form: its first choice.</summary>
internal sealed class AnswerReader : IAnswerReader
{
    /// <summary>The only one.</summary>
    public static readonly AnswerReader Instance = new();

    /// <inheritdoc/>
    public ChatAnswer Read(ChatReply reply)
    {
        using var document = Json.Parse(reply.Body);
        var body = document.RootElement;
        var choices = body.Member("choices"u8);
        var choice = choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0 ? choices[0] : default;
        var parts = Parts(choice.Member("message"u8));
        return new ChatAnswer
        {
            Id = body.String("id"u8),
            Model = body.String("model"u8),
            Parts = parts,
            Finish = FinishReasons.Told(reply.Finish, parts.Any(part => part is ToolCallPart)),
            Usage = reply.Usage,
            Confidence = LogProbReader.Read(choice),
        };
    }

    private static ImmutableArray<ConversationPart> Parts(JsonElement message)
    {
        var parts = ImmutableArray.CreateBuilder<ConversationPart>();
        if ((message.String("reasoning_content"u8) ?? message.String("reasoning"u8)) is { Length: > 0 } reasoning)
        {
            parts.Add(new ThinkingPart(reasoning, Signature: null));
        }

        var content = message.Member("content"u8);
        Add(parts, content.String());
        foreach (var part in content.Items())
        {
            Add(parts, part.String("text"u8));
        }

        Add(parts, message.String("refusal"u8));
        foreach (var call in message.Member("tool_calls"u8).Items())
        {
            var function = call.Member("function"u8);
            parts.Add(
                new ToolCallPart(
                    call.String("id"u8) ?? $"call_{parts.Count}",
                    function.String("name"u8) ?? "",
                    function.String("arguments"u8) ?? ""
                )
            );
        }

        return parts.ToImmutable();
    }

    private static void Add(ImmutableArray<ConversationPart>.Builder parts, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            parts.Add(new TextPart(text));
        }
    }
}
