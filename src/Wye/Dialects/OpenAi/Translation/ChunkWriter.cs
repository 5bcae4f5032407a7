using System.Buffers;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Events;
using Wye.Dialects.Translation;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Writes canonical events as the chunks of one stream.</summary>
/// <param name="usageWanted">Whether the caller asked for the chunk with the usage.</param>
/// <param name="created">Unix time in seconds that every chunk carries.</param>
/// <param name="asked">Names the answer where the provider does not; null = nobody knows.</param>
internal sealed class ChunkWriter(bool usageWanted, long created, ChatRequest? asked)
{
    private readonly List<ChatEvent> _events = [];
    private AnswerFace _face = AnswerFace.Of(AnswerWriter.IdPrefix, asked);
    private Usage _usage;

    // Some providers say it with every piece, and clients stop reading where it is said.
    private FinishReason? _finish;

    /// <summary>Writes what a frame of another dialect says.</summary>
    public void Write(in ChatFrame frame, IBufferWriter<byte> output)
    {
        _events.Clear();
        DialectMismatch.EventsOf(frame, DialectId.OpenAi).Read(frame, _events);
        foreach (var next in _events)
        {
            Write(next, output);
        }
    }

    /// <summary>Writes what stands before the terminator.</summary>
    public void WriteEnd(in ChatFrame terminator, IBufferWriter<byte> output)
    {
        if (_finish is { } finish)
        {
            WriteChunk(new(ChatEventKind.Finish) { Finish = finish }, output);
        }

        if (!usageWanted)
        {
            return;
        }

        output.Write("data: "u8);
        using (var json = Open(output))
        {
            json.WriteStartArray("choices"u8);
            json.WriteEndArray();
            UsageWriter.Write(json, UsageMerge.OrBilled(_usage, terminator.Usage) ?? _usage);
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    private void Write(in ChatEvent next, IBufferWriter<byte> output)
    {
        switch (next.Kind)
        {
            case ChatEventKind.Usage:
                _usage = UsageMerge.Of(_usage, next.Usage!.Value);
                return;
            case ChatEventKind.Finish:
                _finish = next.Finish;
                return;
            case ChatEventKind.Signature:
                return;
            case ChatEventKind.Start:
                _face = _face.Named(next.Id, next.Name);
                break;
        }

        WriteChunk(next, output);
    }

    private void WriteChunk(in ChatEvent next, IBufferWriter<byte> output)
    {
        output.Write("data: "u8);
        using (var json = Open(output))
        {
            json.WriteStartArray("choices"u8);
            json.WriteStartObject();
            json.WriteNumber("index"u8, 0);
            json.WriteStartObject("delta"u8);
            WriteDelta(json, next);
            json.WriteEndObject();
            json.WriteNull("logprobs"u8);
            if (next.Kind == ChatEventKind.Finish)
            {
                json.WriteString("finish_reason"u8, FinishReasons.NameOf(next.Finish));
            }
            else
            {
                json.WriteNull("finish_reason"u8);
            }

            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
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

    private Utf8JsonWriter Open(IBufferWriter<byte> output)
    {
        var json = new Utf8JsonWriter(output, Json.Writing);
        json.WriteStartObject();
        json.WriteString("id"u8, _face.Id);
        json.WriteString("object"u8, "chat.completion.chunk"u8);
        json.WriteNumber("created"u8, created);
        json.WriteString("model"u8, _face.Model);
        return json;
    }
}
