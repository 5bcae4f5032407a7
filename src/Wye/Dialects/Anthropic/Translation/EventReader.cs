using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Events;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Reads the events of one stream into canonical events. Blocks of tools that the provider ran are left out.</summary>
internal sealed class EventReader : IChatEventReader
{
    // Made when the first tool is called: most streams are never read here at all.
    private Dictionary<int, int>? _calls;
    private string? _id;

    // The open block of a call that has no arguments yet.
    private int? _bare;

    /// <inheritdoc/>
    public void Read(in ChatFrame frame, ICollection<ChatEvent> events)
    {
        if (frame.Data.IsEmpty || frame.Has(ChatFrameKinds.End | ChatFrameKinds.Error))
        {
            return;
        }

        using var document = Json.Parse(frame.Data);
        var body = document.RootElement;
        switch (body.String("type"u8))
        {
            case "message_start":
                var message = body.Member("message"u8);
                _id = message.String("id"u8);
                events.Add(new(ChatEventKind.Start) { Id = _id, Name = message.String("model"u8) });
                break;
            case "content_block_start":
                ReadStart(body, events);
                break;
            case "content_block_delta":
                ReadDelta(body, events);
                break;
            case "content_block_stop" when _bare is { } bare && bare == BlockOf(body):
                // A call without arguments is an empty object elsewhere, never an empty text.
                events.Add(new(ChatEventKind.ToolArguments) { Index = _calls![bare], Text = "{}" });
                _bare = null;
                break;
            case "message_delta" when frame.Has(ChatFrameKinds.Finish):
                var stop = body.Member("delta"u8).String("stop_sequence"u8);
                events.Add(new(ChatEventKind.Finish) { Finish = frame.Finish, StopSequence = stop });
                break;
        }

        if (frame.Usage is { } usage)
        {
            events.Add(new(ChatEventKind.Usage) { Usage = usage });
        }
    }

    private void ReadStart(JsonElement body, ICollection<ChatEvent> events)
    {
        var block = body.Member("content_block"u8);
        switch (block.String("type"u8))
        {
            case "text":
                Add(ChatEventKind.Text, block.String("text"u8), events);
                break;
            case "thinking":
                Add(ChatEventKind.Reasoning, block.String("thinking"u8), events);
                break;
            case "tool_use":
                _calls ??= [];
                var call = _calls.Count;
                _calls[BlockOf(body)] = call;
                _bare = block.Member("input"u8).Asks() ? null : BlockOf(body);
                events.Add(
                    new(ChatEventKind.ToolStart)
                    {
                        Index = call,
                        Id = CallIds.Of(block.String("id"u8), _id, call),
                        Name = block.String("name"u8) ?? "",
                    }
                );
                ReadWholeInput(block.Member("input"u8), call, events);
                break;
        }
    }

    // Servers that do not stream arguments send them with the opening.
    private static void ReadWholeInput(JsonElement input, int call, ICollection<ChatEvent> events)
    {
        if (input.Asks())
        {
            events.Add(new(ChatEventKind.ToolArguments) { Index = call, Text = input.GetRawText() });
        }
    }

    private void ReadDelta(JsonElement body, ICollection<ChatEvent> events)
    {
        var delta = body.Member("delta"u8);
        switch (delta.String("type"u8))
        {
            case "text_delta":
                Add(ChatEventKind.Text, delta.String("text"u8), events);
                break;
            case "thinking_delta":
                Add(ChatEventKind.Reasoning, delta.String("thinking"u8), events);
                break;
            case "signature_delta":
                Add(ChatEventKind.Signature, delta.String("signature"u8), events);
                break;
            case "input_json_delta"
                when delta.String("partial_json"u8) is { Length: > 0 } json
                    && _calls is not null
                    && _calls.TryGetValue(BlockOf(body), out var call):
                _bare = null;
                events.Add(new(ChatEventKind.ToolArguments) { Index = call, Text = json });
                break;
        }
    }

    private static int BlockOf(JsonElement body) => body.Member("index"u8).Whole() ?? 0;

    private static void Add(ChatEventKind kind, string? text, ICollection<ChatEvent> events)
    {
        if (!string.IsNullOrEmpty(text))
        {
            events.Add(new(kind) { Text = text });
        }
    }
}
