using System.Buffers;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Events;
using Wye.Dialects.Translation;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Writes canonical events as the chunks of one stream, which chat and the older completions frame alike.</summary>
/// <param name="target">The dialect of the chunks.</param>
/// <param name="usageWanted">Whether the caller asked for the chunk with the usage.</param>
/// <param name="created">Unix time in seconds that every chunk carries.</param>
/// <param name="unnamed">Names the answer where the provider does not.</param>
internal abstract class ChunkWriter(DialectId target, bool usageWanted, long created, AnswerFace unnamed)
{
    private readonly List<ChatEvent> _events = [];
    private AnswerFace _face = unnamed;
    private Usage _usage;

    // Some providers say it with every piece, and clients stop reading where it is said.
    private FinishReason? _finish;

    /// <summary>What every chunk says it is.</summary>
    protected abstract ReadOnlySpan<byte> ObjectName { get; }

    /// <summary>Writes what a frame of another dialect says.</summary>
    public void Write(in ChatFrame frame, IBufferWriter<byte> output)
    {
        _events.Clear();
        DialectMismatch.EventsOf(frame, target).Read(frame, _events);
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
            json.WriteEndArray();
            UsageWriter.Write(json, UsageMerge.OrBilled(_usage, terminator.Usage) ?? _usage);
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    /// <summary>Whether the dialect has a word for what an event brings.</summary>
    protected abstract bool Carries(ChatEventKind kind);

    /// <summary>Writes the members of the choice that hold what an event brings.</summary>
    protected abstract void WriteContent(Utf8JsonWriter json, in ChatEvent next);

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
            case ChatEventKind.Start:
                _face = _face.Named(next.Id, next.Name);
                break;
        }

        if (Carries(next.Kind))
        {
            WriteChunk(next, output);
        }
    }

    private void WriteChunk(in ChatEvent next, IBufferWriter<byte> output)
    {
        output.Write("data: "u8);
        using (var json = Open(output))
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, 0);
            WriteContent(json, next);
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

    /// <summary>A chunk up to the inside of its choices.</summary>
    private Utf8JsonWriter Open(IBufferWriter<byte> output)
    {
        var json = new Utf8JsonWriter(output, Json.Writing);
        json.WriteStartObject();
        json.WriteString("id"u8, _face.Id);
        json.WriteString("object"u8, ObjectName);
        json.WriteNumber("created"u8, created);
        json.WriteString("model"u8, _face.Model);
        json.WriteStartArray("choices"u8);
        return json;
    }
}
