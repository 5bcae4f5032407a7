using System.Buffers;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Events;
using Wye.Dialects.Sse;

namespace Wye.Dialects.OpenAi.Responses.Translation;

/// <summary>Writes one stream to a caller: every canonical event becomes the numbered events of this dialect.</summary>
internal sealed class EventWriter(ResponseWriter responses, ResponseFace face, ChatRequest asked, bool showReasoning)
    : IFrameWriter
{
    private readonly List<ChatEvent> _events = [];
    private readonly ResponseDraft _draft = new(asked, face);
    private readonly Dictionary<int, ResponseItem> _calls = [];
    private readonly EventFrame _frame = new();
    private bool _started;

    /// <inheritdoc/>
    public void Write(in ChatFrame frame, IBufferWriter<byte> output)
    {
        _events.Clear();
        DialectMismatch.EventsOf(frame, DialectId.Responses).Read(frame, _events);
        foreach (var next in _events)
        {
            Write(next, output);
        }
    }

    /// <inheritdoc/>
    public void WriteEnd(in ChatFrame terminator, IBufferWriter<byte> output)
    {
        Start(output);
        _draft.End(terminator);
        foreach (var item in _draft.Items)
        {
            Close(item, output);
        }

        var status = ResponseWriter.StatusOf(_draft.Finish);
        if (face.Keep is { } keep)
        {
            var whole = new ArrayBufferWriter<byte>(1024);
            responses.Write(_draft, whole);
            keep(whole.WrittenMemory);
        }

        WriteResponse("response." + status, status, output);
    }

    /// <inheritdoc/>
    public void WriteError(ChatError error, IBufferWriter<byte> output)
    {
        // Some clients look for the member `error` in any event, others for an event of this type.
        var name = ErrorFace.Of(error);
        var code = name.CodeOf(error);
        using (var json = _frame.Open("error", output))
        {
            json.WriteString("code"u8, code ?? name.Type);
            json.WriteString("message"u8, error.Message);
            json.WriteString("param"u8, error.Param);
            json.WriteStartObject("error"u8);
            json.WriteString("message"u8, error.Message);
            json.WriteString("type"u8, name.Type);
            json.WriteString("param"u8, error.Param);
            json.WriteString("code"u8, code);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        EventFrame.End(output);
    }

    /// <inheritdoc/>
    public void WriteComment(ReadOnlySpan<byte> text, IBufferWriter<byte> output) =>
        SseWriter.WriteComment(text, output);

    private void Write(in ChatEvent next, IBufferWriter<byte> output)
    {
        switch (next.Kind)
        {
            case ChatEventKind.Start:
                _draft.Start(next.Id, next.Name);
                Start(output);
                break;
            case ChatEventKind.Usage:
                _draft.Count(next.Usage!.Value);
                break;
            case ChatEventKind.Finish:
                _draft.End(next.Finish);
                break;
            case ChatEventKind.Text:
                Start(output);
                Append(ResponseDraft.KindOf(next.IsRefusal), next.Text!, output);
                break;
            case ChatEventKind.Reasoning when showReasoning:
                Start(output);
                Append(ResponseItemKind.Reasoning, next.Text!, output);
                break;
            case ChatEventKind.ToolStart:
                Start(output);
                CloseLast(output);
                var call = _draft.AddCall(next.Id, next.Name);
                _calls[next.Index] = call;
                WriteItem("response.output_item.added", call, output);
                break;
            case ChatEventKind.ToolArguments when _calls.TryGetValue(next.Index, out var open):
                open.Text.Append(next.Text);
                WriteDelta("response.function_call_arguments.delta", open, next.Text!, output);
                break;
        }
    }

    private void Start(IBufferWriter<byte> output)
    {
        if (!_started)
        {
            _started = true;
            WriteResponse("response.created", "in_progress", output);
            WriteResponse("response.in_progress", "in_progress", output);
        }
    }

    private void Append(ResponseItemKind kind, string text, IBufferWriter<byte> output)
    {
        if (_draft.Items.Count == 0 || _draft.Items[^1].Kind != kind)
        {
            CloseLast(output);
        }

        var count = _draft.Items.Count;
        var item = _draft.Last(kind);
        if (_draft.Items.Count > count)
        {
            WriteItem("response.output_item.added", item, output);
            WritePart(
                kind == ResponseItemKind.Reasoning
                    ? "response.reasoning_summary_part.added"
                    : "response.content_part.added",
                item,
                "",
                output
            );
        }

        item.Text.Append(text);
        WriteDelta(
            kind switch
            {
                ResponseItemKind.Refusal => "response.refusal.delta",
                ResponseItemKind.Reasoning => "response.reasoning_summary_text.delta",
                _ => "response.output_text.delta",
            },
            item,
            text,
            output
        );
    }

    // Calls stay open until the end: some servers mix the arguments of several.
    private void CloseLast(IBufferWriter<byte> output)
    {
        if (_draft.Items.Count > 0 && _draft.Items[^1].Kind != ResponseItemKind.Call)
        {
            Close(_draft.Items[^1], output);
        }
    }

    private void Close(ResponseItem item, IBufferWriter<byte> output)
    {
        if (item.Done)
        {
            return;
        }

        item.Done = true;
        var text = item.Text.ToString();
        switch (item.Kind)
        {
            case ResponseItemKind.Message:
                WriteWhole("response.output_text.done", item, "text", text, output);
                WritePart("response.content_part.done", item, text, output);
                break;
            case ResponseItemKind.Refusal:
                WriteWhole("response.refusal.done", item, "refusal", text, output);
                WritePart("response.content_part.done", item, text, output);
                break;
            case ResponseItemKind.Reasoning:
                WriteWhole("response.reasoning_summary_text.done", item, "text", text, output);
                WritePart("response.reasoning_summary_part.done", item, text, output);
                break;
            default:
                WriteWhole(
                    "response.function_call_arguments.done",
                    item,
                    "arguments",
                    ItemWriter.ArgumentsOf(item),
                    output
                );
                break;
        }

        WriteItem("response.output_item.done", item, output);
    }

    private void WriteResponse(string type, string status, IBufferWriter<byte> output)
    {
        using (var json = _frame.Open(type, output))
        {
            json.WritePropertyName("response"u8);
            responses.Write(json, _draft, status);
            json.WriteEndObject();
        }

        EventFrame.End(output);
    }

    private void WriteItem(string type, ResponseItem item, IBufferWriter<byte> output)
    {
        using (var json = _frame.Open(type, output))
        {
            json.WriteNumber("output_index"u8, _draft.Items.IndexOf(item));
            json.WritePropertyName("item"u8);
            ItemWriter.Write(json, item, _draft.StatusOf(item));
            json.WriteEndObject();
        }

        EventFrame.End(output);
    }

    private void WritePart(string type, ResponseItem item, string text, IBufferWriter<byte> output)
    {
        using (var json = _frame.Open(type, output))
        {
            WritePlace(json, item);
            json.WritePropertyName("part"u8);
            ItemWriter.WritePart(json, item.Kind, text);
            json.WriteEndObject();
        }

        EventFrame.End(output);
    }

    private void WriteDelta(string type, ResponseItem item, string delta, IBufferWriter<byte> output) =>
        WriteWhole(type, item, "delta", delta, output);

    private void WriteWhole(string type, ResponseItem item, string name, string text, IBufferWriter<byte> output)
    {
        using (var json = _frame.Open(type, output))
        {
            WritePlace(json, item);
            json.WriteString(name, text);
            if (item.Kind == ResponseItemKind.Message)
            {
                json.WriteStartArray("logprobs"u8);
                json.WriteEndArray();
            }
            else if (item.Kind == ResponseItemKind.Call && name is "arguments")
            {
                json.WriteString("name"u8, item.Name);
            }

            json.WriteEndObject();
        }

        EventFrame.End(output);
    }

    private void WritePlace(Utf8JsonWriter json, ResponseItem item)
    {
        json.WriteString("item_id"u8, item.Id);
        json.WriteNumber("output_index"u8, _draft.Items.IndexOf(item));
        if (item.Kind is ResponseItemKind.Message or ResponseItemKind.Refusal)
        {
            json.WriteNumber("content_index"u8, 0);
        }
        else if (item.Kind == ResponseItemKind.Reasoning)
        {
            json.WriteNumber("summary_index"u8, 0);
        }
    }
}
