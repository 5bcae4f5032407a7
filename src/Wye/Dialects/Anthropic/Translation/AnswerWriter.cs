using System.Buffers;
using System.Text.Json;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Writes a canonical answer as a message.</summary>
internal static class AnswerWriter
{
    /// <summary>What ids of messages begin with.</summary>
    public const string IdPrefix = "msg_";

    /// <summary>Writes the body.</summary>
    /// <param name="answer">The answer; named.</param>
    /// <param name="showReasoning">Whether the caller sees reasoning.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(ChatAnswer answer, bool showReasoning, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Json.Writing);
        json.WriteStartObject();
        json.WriteString("id"u8, answer.Id);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("model"u8, answer.Model);
        json.WriteStartArray("content"u8);
        foreach (var part in answer.Parts)
        {
            if (showReasoning || part is not ThinkingPart)
            {
                BlockWriter.Write(json, part, inAnswer: true);
            }
        }

        json.WriteEndArray();
        json.WriteString("stop_reason"u8, StopReasons.NameOf(answer.Finish, answer.StopSequence));
        json.WriteString("stop_sequence"u8, answer.StopSequence);
        json.WriteStartObject("usage"u8);
        UsageWriter.Write(json, answer.Usage ?? default);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
