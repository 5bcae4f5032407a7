using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
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
        var id = body.String("id"u8) is { Length: > 0 } said ? said : null;
        var parts = Parts(choice.Member("message"u8), id);
        return new ChatAnswer
        {
            Id = id,
            Model = body.String("model"u8),
            Parts = parts,
            Finish = FinishReasons.Told(reply.Finish, parts.Any(part => part is ToolCallPart)),
            Usage = reply.Usage,
            Confidence = LogProbReader.Read(choice),
        };
    }

    private static ImmutableArray<ConversationPart> Parts(JsonElement message, string? answer)
    {
        var parts = ImmutableArray.CreateBuilder<ConversationPart>();
        if ((message.String("reasoning_content"u8) ?? message.String("reasoning"u8)) is { Length: > 0 } reasoning)
        {
            parts.Add(new ThinkingPart(reasoning, Signature: null));
        }

        foreach (var (text, isThought) in ContentReader.Read(message.Member("content"u8)))
        {
            parts.Add(isThought ? new ThinkingPart(text, Signature: null) : new TextPart(text));
        }

        if (message.String("refusal"u8) is { Length: > 0 } refusal)
        {
            parts.Add(new TextPart(refusal) { IsRefusal = true });
        }

        foreach (var call in message.Member("tool_calls"u8).Items())
        {
            var function = call.Member("function"u8);
            parts.Add(
                new ToolCallPart(
                    CallIds.Of(CallReader.Id(call), answer, parts.Count),
                    function.String("name"u8) ?? "",
                    CallReader.Arguments(function) ?? ""
                )
            );
        }

        return parts.ToImmutable();
    }
}
