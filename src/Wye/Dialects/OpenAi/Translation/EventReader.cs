using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Events;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Reads the chunks of one stream into canonical events: its first choice.</summary>
internal sealed class EventReader : IChatEventReader
{
    // Made when the first tool is called: most streams are never read here at all.
    private HashSet<int>? _started;
    private bool _hasStarted;

    /// <inheritdoc/>
    public void Read(in ChatFrame frame, ICollection<ChatEvent> events)
    {
        if (frame.Data.IsEmpty || frame.Has(ChatFrameKinds.End | ChatFrameKinds.Error))
        {
            return;
        }

        using var document = Json.Parse(frame.Data);
        var chunk = document.RootElement;
        if (!_hasStarted)
        {
            _hasStarted = true;
            events.Add(new(ChatEventKind.Start) { Id = chunk.String("id"u8), Name = chunk.String("model"u8) });
        }

        foreach (var choice in chunk.Member("choices"u8).Items())
        {
            if (choice.Member("index"u8).Whole() is null or 0)
            {
                ReadDelta(choice.Member("delta"u8), events);
            }
        }

        if (frame.Has(ChatFrameKinds.Finish))
        {
            events.Add(new(ChatEventKind.Finish) { Finish = FinishReasons.Told(frame.Finish, _started is not null) });
        }

        if (frame.Usage is { } usage)
        {
            events.Add(new(ChatEventKind.Usage) { Usage = usage });
        }
    }

    private void ReadDelta(JsonElement delta, ICollection<ChatEvent> events)
    {
        Add(ChatEventKind.Reasoning, delta.String("reasoning_content"u8) ?? delta.String("reasoning"u8), events);
        Add(ChatEventKind.Text, delta.String("content"u8), events);
        Add(ChatEventKind.Text, delta.String("refusal"u8), events);
        foreach (var call in delta.Member("tool_calls"u8).Items())
        {
            ReadCall(call, events);
        }
    }

    private void ReadCall(JsonElement call, ICollection<ChatEvent> events)
    {
        // Servers that send each call whole may leave the index out.
        var index = call.Member("index"u8).Whole() ?? _started?.Count ?? 0;
        var function = call.Member("function"u8);
        _started ??= [];
        if (_started.Add(index))
        {
            events.Add(
                new(ChatEventKind.ToolStart)
                {
                    Index = index,
                    Id = call.String("id"u8) ?? $"call_{index}",
                    Name = function.String("name"u8) ?? "",
                }
            );
        }

        if (function.String("arguments"u8) is { Length: > 0 } arguments)
        {
            events.Add(new(ChatEventKind.ToolArguments) { Index = index, Text = arguments });
        }
    }

    private static void Add(ChatEventKind kind, string? text, ICollection<ChatEvent> events)
    {
        if (!string.IsNullOrEmpty(text))
        {
            events.Add(new(kind) { Text = text });
        }
    }
}
