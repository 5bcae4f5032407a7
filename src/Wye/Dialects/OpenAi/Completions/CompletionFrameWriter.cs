using System.Buffers;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Events;
using Wye.Dialects.OpenAi.Translation;
using Wye.Dialects.Sse;
using Wye.Dialects.Translation;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi.Completions;

/// <summary>Writes one stream to a caller: relays chunks of this dialect, writes the texts of any other anew.</summary>
internal sealed class CompletionFrameWriter(bool usageWanted, long created, ChatRequest asked) : IFrameWriter
{
    private readonly List<ChatEvent> _events = [];
    private bool _translates;
    private AnswerFace _face = AnswerFace.Of(CompletionsDialect.IdPrefix, asked);
    private Usage _usage;
    private FinishReason? _finish;

    /// <inheritdoc/>
    public void Write(in ChatFrame frame, IBufferWriter<byte> output)
    {
        if (frame.Dialect != DialectId.Completions)
        {
            Translate(frame, output);
        }
        else if (!frame.Data.IsEmpty && (frame.Kinds != ChatFrameKinds.Usage || usageWanted))
        {
            SseWriter.WriteEvent(frame.EventName, frame.Data.Span, output);
        }
    }

    /// <inheritdoc/>
    public void WriteEnd(in ChatFrame terminator, IBufferWriter<byte> output)
    {
        if (_finish is { } finish)
        {
            WriteChunk("", finish, output);
        }

        if (_translates && usageWanted)
        {
            output.Write("data: "u8);
            using (var json = Open(output))
            {
                json.WriteEndArray();
                UsageWriter.Write(json, UsageMerge.OrBilled(_usage, terminator.Usage) ?? _usage);
                json.WriteEndObject();
            }

            output.Write("\n\n"u8);
        }

        output.Write("data: [DONE]\n\n"u8);
    }

    /// <inheritdoc/>
    public void WriteError(ChatError error, IBufferWriter<byte> output)
    {
        output.Write("data: "u8);
        ErrorWriter.Write(error, output);
        output.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public void WriteComment(ReadOnlySpan<byte> text, IBufferWriter<byte> output) =>
        SseWriter.WriteComment(text, output);

    private void Translate(in ChatFrame frame, IBufferWriter<byte> output)
    {
        _translates = true;
        _events.Clear();
        DialectMismatch.EventsOf(frame, DialectId.Completions).Read(frame, _events);
        foreach (var next in _events)
        {
            switch (next.Kind)
            {
                case ChatEventKind.Start:
                    _face = _face.Named(next.Id, next.Name);
                    break;
                case ChatEventKind.Usage:
                    _usage = UsageMerge.Of(_usage, next.Usage!.Value);
                    break;
                case ChatEventKind.Text:
                    WriteChunk(next.Text!, null, output);
                    break;
                case ChatEventKind.Finish:
                    // Some providers say it with every piece.
                    _finish = next.Finish;
                    break;
            }
        }
    }

    private void WriteChunk(string text, FinishReason? finish, IBufferWriter<byte> output)
    {
        output.Write("data: "u8);
        using (var json = Open(output))
        {
            json.WriteStartObject();
            json.WriteString("text"u8, text);
            json.WriteNumber("index"u8, 0);
            json.WriteNull("logprobs"u8);
            if (finish is { } reason)
            {
                json.WriteString("finish_reason"u8, FinishReasons.NameOf(reason));
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

    /// <summary>A chunk up to the inside of its choices.</summary>
    private Utf8JsonWriter Open(IBufferWriter<byte> output)
    {
        var json = new Utf8JsonWriter(output, Json.Writing);
        json.WriteStartObject();
        json.WriteString("id"u8, _face.Id);
        json.WriteString("object"u8, "text_completion"u8);
        json.WriteNumber("created"u8, created);
        json.WriteString("model"u8, _face.Model);
        json.WriteStartArray("choices"u8);
        return json;
    }
}
