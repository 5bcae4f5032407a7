using System.Buffers;
using System.Text.Json;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Writes a canonical answer as a chat completion.</summary>
internal static class AnswerWriter
{
    /// <summary>What ids of chat completions begin with.</summary>
    public const string IdPrefix = "chatcmpl-";

    /// <summary>Writes the body.</summary>
    public static void Write(ChatAnswer answer, long created, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Json.Writing);
        json.WriteStartObject();
        json.WriteString("id"u8, answer.Id);
        json.WriteString("object"u8, "chat.completion"u8);
        json.WriteNumber("created"u8, created);
        json.WriteString("model"u8, answer.Model);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        WriteMessage(json, answer);
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, FinishReasons.NameOf(answer.Finish));
        json.WriteEndObject();
        json.WriteEndArray();
        if (answer.Usage is { } usage)
        {
            UsageWriter.Write(json, usage);
        }

        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatAnswer answer)
    {
        var text = string.Concat(answer.Parts.OfType<TextPart>().Select(part => part.Text));
        var thinking = string.Concat(answer.Parts.OfType<ThinkingPart>().Select(part => part.Text));
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        if (text.Length == 0 && answer.Parts.Any(part => part is ToolCallPart))
        {
            json.WriteNull("content"u8);
        }
        else
        {
            json.WriteString("content"u8, text);
        }

        json.WriteNull("refusal"u8);
        if (thinking.Length > 0)
        {
            json.WriteString("reasoning_content"u8, thinking);
        }

        ToolCallWriter.Write(json, answer.Parts);
        json.WriteEndObject();
    }
}
