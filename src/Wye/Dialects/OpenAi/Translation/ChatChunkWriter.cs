using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Events;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Writes canonical events as chunks of chat completions.</summary>
/// <inheritdoc cref="ChunkWriter(DialectId, bool, long, AnswerFace)"/>
internal sealed class ChatChunkWriter(bool usageWanted, long created, AnswerFace unnamed)
    : ChunkWriter(DialectId.OpenAi, usageWanted, created, unnamed)
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> ObjectName => "chat.completion.chunk"u8;

    /// <inheritdoc/>
    protected override bool Carries(ChatEventKind kind) => kind != ChatEventKind.Signature;

    /// <inheritdoc/>
    protected override void WriteContent(Utf8JsonWriter json, in ChatEvent next)
    {
        json.WriteStartObject("delta"u8);
        WriteDelta(json, next);
        json.WriteEndObject();
    }

    private static void WriteDelta(Utf8JsonWriter json, in ChatEvent next)
    {
        switch (next.Kind)
        {
            case ChatEventKind.Start:
                json.WriteString("role"u8, "assistant"u8);
                json.WriteString("content"u8, ""u8);
                break;
            case ChatEventKind.Text:
                json.WriteString("content"u8, next.Text);
                break;
            case ChatEventKind.Reasoning:
                json.WriteString("reasoning_content"u8, next.Text);
                break;
            case ChatEventKind.ToolStart or ChatEventKind.ToolArguments:
                WriteCall(json, next);
                break;
        }
    }

    private static void WriteCall(Utf8JsonWriter json, in ChatEvent next)
    {
        json.WriteStartArray("tool_calls"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, next.Index);
        if (next.Kind == ChatEventKind.ToolStart)
        {
            json.WriteString("id"u8, next.Id);
            json.WriteString("type"u8, "function"u8);
        }

        json.WriteStartObject("function"u8);
        if (next.Kind == ChatEventKind.ToolStart)
        {
            json.WriteString("name"u8, next.Name);
        }

        json.WriteString("arguments"u8, next.Text ?? "");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
