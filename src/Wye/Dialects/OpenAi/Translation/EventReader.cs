using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Events;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Reads the chunks of one stream into canonical events: its first choice.</summary>
internal sealed class EventReader : IChatEventReader
{
    // Made when the first tool is called: most streams are never read here at all.
    private List<(int? Index, string? Id)>? _calls;
    private bool _hasStarted;
    private string? _id;

    /// <inheritdoc/>
    public void Read(in ChatFrame frame, ICollection<ChatEvent> events)
    {
        if (frame.Data.IsEmpty || frame.Has(ChatFrameKinds.End | ChatFrameKinds.Error))
        {
            return;
        }

        using var document = Json.Parse(frame.Data);
        var chunk = document.RootElement;
        var id = chunk.String("id"u8) is { Length: > 0 } said ? said : null;
        var choices = chunk.Member("choices"u8).Items();
        if (!_hasStarted && (id is not null || choices.Any()))
        {
            // Azure's first chunk tells of its filters only: it names neither the answer nor the model.
            _hasStarted = true;
            _id = id;
            events.Add(new(ChatEventKind.Start) { Id = id, Name = chunk.String("model"u8) });
        }

        foreach (var choice in choices)
        {
            if (choice.Member("index"u8).Whole() is null or 0)
            {
                ReadDelta(choice.Member("delta"u8), events);
            }
        }

        if (frame.Has(ChatFrameKinds.Finish))
        {
            events.Add(new(ChatEventKind.Finish) { Finish = FinishReasons.Told(frame.Finish, _calls is not null) });
        }

        if (frame.Usage is { } usage)
        {
            events.Add(new(ChatEventKind.Usage) { Usage = usage });
        }
    }

    private void ReadDelta(JsonElement delta, ICollection<ChatEvent> events)
    {
        Add(ChatEventKind.Reasoning, delta.String("reasoning_content"u8) ?? delta.String("reasoning"u8), events);
        foreach (var (text, isThought) in ContentReader.Read(delta.Member("content"u8)))
        {
            Add(isThought ? ChatEventKind.Reasoning : ChatEventKind.Text, text, events);
        }

        if (delta.String("refusal"u8) is { Length: > 0 } refusal)
        {
            events.Add(new(ChatEventKind.Text) { Text = refusal, IsRefusal = true });
        }

        foreach (var call in delta.Member("tool_calls"u8).Items())
        {
            ReadCall(call, events);
        }
    }

    private void ReadCall(JsonElement call, ICollection<ChatEvent> events)
    {
        var function = call.Member("function"u8);
        var name = function.String("name"u8);
        var index = NumberOf(call.Member("index"u8).Whole(), CallReader.Id(call), isNamed: !string.IsNullOrEmpty(name));
        if (index == _calls!.Count)
        {
            _calls.Add((call.Member("index"u8).Whole(), CallReader.Id(call)));
            events.Add(
                new(ChatEventKind.ToolStart)
                {
                    Index = index,
                    Id = CallIds.Of(CallReader.Id(call), _id, index),
                    Name = name ?? "",
                }
            );
        }

        if (CallReader.Arguments(function) is { Length: > 0 } arguments)
        {
            events.Add(new(ChatEventKind.ToolArguments) { Index = index, Text = arguments });
        }
    }

    /// <summary>Which call of the answer a piece belongs to; one that is not there yet begins with it.</summary>
    /// <remarks>
    /// Servers that send each call whole may leave the index out, or number every call 0: then a name under another id is a new one.
    /// </remarks>
    private int NumberOf(int? index, string? id, bool isNamed)
    {
        _calls ??= [];
        var isPiece = !isNamed && id is null;
        var known =
            index is not null ? _calls.FindLastIndex(call => call.Index == index)
            : isPiece ? _calls.Count - 1
            : -1;
        var isAnother = known >= 0 && isNamed && id is not null && _calls[known].Id is { } open && open != id;
        return known < 0 || isAnother ? _calls.Count : known;
    }

    private static void Add(ChatEventKind kind, string? text, ICollection<ChatEvent> events)
    {
        if (!string.IsNullOrEmpty(text))
        {
            events.Add(new(kind) { Text = text });
        }
    }
}
