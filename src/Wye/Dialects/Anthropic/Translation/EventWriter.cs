using System.Buffers;
using System.Text;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Events;
using Wye.Dialects.Translation;
using Wye.Primitives;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Writes canonical events as the events of one stream: numbers the blocks, opens and closes them in turn.</summary>
/// <remarks>
/// Blocks come one after the other here. Where a provider mixes the arguments of several calls, the later calls wait until the
/// one before them is whole.
/// </remarks>
/// <param name="showReasoning">Whether the caller sees reasoning.</param>
/// <param name="asked">Names the answer where the provider does not.</param>
internal sealed class EventWriter(bool showReasoning, ChatRequest asked)
{
    private readonly List<ChatEvent> _events = [];
    private bool _started;
    private int _block = -1;
    private ChatEventKind? _open;
    private int _call = -1;
    private ArgumentsScan _arguments;

    // Made when a call begins before the one before it is whole: hardly any stream does that.
    private List<ChatEvent>? _waiting;
    private ChatEvent _finish = new(ChatEventKind.Finish) { Finish = FinishReason.Stop };
    private Usage? _usage;

    /// <summary>Writes what a frame of another dialect says.</summary>
    /// <exception cref="InvalidDataException">Arguments belong to a tool call that is closed already; says what to do.</exception>
    public void Write(in ChatFrame frame, IBufferWriter<byte> output)
    {
        _events.Clear();
        DialectMismatch.EventsOf(frame, DialectId.Anthropic).Read(frame, _events);
        CountFirst();
        foreach (var next in _events)
        {
            Write(next, output);
        }
    }

    /// <summary>Writes what stands before the terminator: only now finish and usage are both known.</summary>
    public void WriteEnd(in ChatFrame terminator, IBufferWriter<byte> output)
    {
        _usage = UsageMerge.OrBilled(_usage ?? default, terminator.Usage) ?? _usage;
        Start(default, output);
        Release(all: true, output);
        Close(output);
        using (var json = Open("message_delta", output))
        {
            json.WriteStartObject("delta"u8);
            json.WriteString("stop_reason"u8, StopReasons.NameOf(_finish.Finish, _finish.StopSequence));
            json.WriteString("stop_sequence"u8, _finish.StopSequence);
            json.WriteEndObject();
            json.WriteStartObject("usage"u8);
            UsageWriter.Write(json, _usage ?? default);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    // What the first frame counts stands in the first event, though it comes last in its frame.
    private void CountFirst()
    {
        var count = _started ? -1 : _events.FindIndex(one => one.Kind == ChatEventKind.Usage);
        _usage = count < 0 ? _usage : _events[count].Usage;
    }

    private void Write(in ChatEvent next, IBufferWriter<byte> output)
    {
        switch (next.Kind)
        {
            case ChatEventKind.Finish:
                _finish = next;
                return;
            case ChatEventKind.Usage:
                _usage = next.Usage!.Value;
                return;
            case ChatEventKind.Reasoning or ChatEventKind.Signature when !showReasoning:
                return;
        }

        Start(next, output);
        switch (next.Kind)
        {
            case ChatEventKind.Text:
                Release(all: true, output);
                Enter(ChatEventKind.Text, next, output);
                WriteDelta("text_delta", "text", next.Text!, output);
                break;
            case ChatEventKind.Reasoning:
                Release(all: true, output);
                Enter(ChatEventKind.Reasoning, next, output);
                WriteDelta("thinking_delta", "thinking", next.Text!, output);
                break;
            case ChatEventKind.Signature when _open == ChatEventKind.Reasoning:
                WriteDelta("signature_delta", "signature", next.Text!, output);
                break;
            case ChatEventKind.ToolStart when _open == ChatEventKind.ToolStart && !_arguments.IsWhole:
                (_waiting ??= []).Add(next);
                break;
            case ChatEventKind.ToolStart:
                BeginCall(next, output);
                break;
            case ChatEventKind.ToolArguments when _open == ChatEventKind.ToolStart && next.Index == _call:
                WriteArguments(next.Text!, output);
                Release(all: false, output);
                break;
            case ChatEventKind.ToolArguments when Waits(next.Index):
                _waiting!.Add(next);
                break;
            case ChatEventKind.ToolArguments:
                // Its block is closed. To lose the piece in silence would break the call.
                throw new InvalidDataException(
                    $"its stream went back to tool call {next.Index}, which had ended, and Anthropic's format has no place for mixed calls. Ask without 'stream', or set tool_choice.disable_parallel_tool_use to true."
                );
        }
    }

    private void BeginCall(in ChatEvent start, IBufferWriter<byte> output)
    {
        Close(output);
        (_call, _arguments) = (start.Index, default);
        Enter(ChatEventKind.ToolStart, start, output);
    }

    private void WriteArguments(string piece, IBufferWriter<byte> output)
    {
        _arguments.Read(piece);
        WriteDelta("input_json_delta", "partial_json", piece, output);
    }

    private bool Waits(int call) => _waiting is { } waiting && waiting.Exists(one => one.Index == call);

    /// <summary>Writes the calls that wait, in their order: all, or as long as the open one is whole.</summary>
    private void Release(bool all, IBufferWriter<byte> output)
    {
        while (_waiting is [var start, ..] waiting && (all || _arguments.IsWhole))
        {
            BeginCall(start, output);
            foreach (var next in waiting)
            {
                if (next.Kind == ChatEventKind.ToolArguments && next.Index == start.Index)
                {
                    WriteArguments(next.Text!, output);
                }
            }

            waiting.RemoveAll(one => one.Index == start.Index);
        }
    }

    private void Start(in ChatEvent next, IBufferWriter<byte> output)
    {
        if (_started)
        {
            return;
        }

        _started = true;
        var unnamed = AnswerFace.Of(AnswerWriter.IdPrefix, asked);
        var face = next.Kind == ChatEventKind.Start ? unnamed.Named(next.Id, next.Name) : unnamed;
        using (var json = Open("message_start", output))
        {
            json.WriteStartObject("message"u8);
            json.WriteString("id"u8, face.Id);
            json.WriteString("type"u8, "message"u8);
            json.WriteString("role"u8, "assistant"u8);
            json.WriteString("model"u8, face.Model);
            json.WriteStartArray("content"u8);
            json.WriteEndArray();
            json.WriteNull("stop_reason"u8);
            json.WriteNull("stop_sequence"u8);
            json.WriteStartObject("usage"u8);
            // Most providers count at the end, and there are clients that look here only. The end corrects it.
            UsageWriter.Write(json, _usage ?? new Usage { InputTokens = asked.PromptTokens });
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    /// <summary>Makes sure that a block of the kind is open.</summary>
    private void Enter(ChatEventKind kind, in ChatEvent next, IBufferWriter<byte> output)
    {
        if (_open == kind)
        {
            return;
        }

        Close(output);
        (_open, _block) = (kind, _block + 1);
        using (var json = Open("content_block_start", output))
        {
            json.WriteNumber("index"u8, _block);
            json.WriteStartObject("content_block"u8);
            WriteBlock(json, kind, next);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    private static void WriteBlock(Utf8JsonWriter json, ChatEventKind kind, in ChatEvent next)
    {
        switch (kind)
        {
            case ChatEventKind.Text:
                json.WriteString("type"u8, "text"u8);
                json.WriteString("text"u8, ""u8);
                break;
            case ChatEventKind.Reasoning:
                json.WriteString("type"u8, "thinking"u8);
                json.WriteString("thinking"u8, ""u8);
                json.WriteString("signature"u8, ""u8);
                break;
            default:
                json.WriteString("type"u8, "tool_use"u8);
                json.WriteString("id"u8, ToolIds.Of(next.Id ?? ""));
                json.WriteString("name"u8, next.Name);
                json.WriteStartObject("input"u8);
                json.WriteEndObject();
                BlockWriter.WriteCaller(json);
                break;
        }
    }

    private void WriteDelta(string type, string member, string text, IBufferWriter<byte> output)
    {
        using (var json = Open("content_block_delta", output))
        {
            json.WriteNumber("index"u8, _block);
            json.WriteStartObject("delta"u8);
            json.WriteString("type"u8, type);
            json.WriteString(member, text);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    private void Close(IBufferWriter<byte> output)
    {
        if (_open is null)
        {
            return;
        }

        _open = null;
        using (var json = Open("content_block_stop", output))
        {
            json.WriteNumber("index"u8, _block);
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    private static Utf8JsonWriter Open(string type, IBufferWriter<byte> output)
    {
        output.Write("event: "u8);
        Encoding.UTF8.GetBytes(type.AsSpan(), output);
        output.Write("\ndata: "u8);
        var json = new Utf8JsonWriter(output, Json.Writing);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        return json;
    }
}
