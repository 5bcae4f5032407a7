using System.Collections.Immutable;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Gemini.Translation;

/// <summary>Reads an answer into the canonical form: its first candidate. What the provider ran itself is left out.</summary>
internal sealed class AnswerReader : IAnswerReader
{
    /// <summary>The only one.</summary>
    public static readonly AnswerReader Instance = new();

    /// <inheritdoc/>
    public ChatAnswer Read(ChatReply reply)
    {
        using var document = Json.Parse(reply.Body);
        var body = document.RootElement;
        var id = body.String("responseId"u8);
        var parts = ImmutableArray.CreateBuilder<ConversationPart>();
        foreach (var part in PartReader.Of(body))
        {
            var call = part.Member("functionCall"u8);
            if (call.IsObject())
            {
                parts.Add(
                    new ToolCallPart(
                        PartReader.CallId(call, id, parts.Count),
                        call.String("name"u8) ?? "",
                        PartReader.Arguments(call)
                    )
                );
            }
            else if (part.String("text"u8) is { Length: > 0 } text)
            {
                parts.Add(
                    part.Member("thought"u8).Flag() is true
                        ? new ThinkingPart(text, Signature: null)
                        : new TextPart(text)
                );
            }
        }

        return new ChatAnswer
        {
            Id = id,
            Model = body.String("modelVersion"u8),
            Parts = parts.ToImmutable(),
            Finish = reply.Finish,
            Usage = reply.Usage,
            Confidence = LogProbReader.Read(body),
        };
    }
}
