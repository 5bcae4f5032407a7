using Wye.Chat;
using Wye.Chat.Events;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Gemini.Translation;

/// <summary>Reads the pieces of one stream into canonical events. Calls of functions come whole here.</summary>
internal sealed class EventReader : IChatEventReader
{
    private bool _hasStarted;
    private string? _id;
    private int _calls;

    /// <inheritdoc/>
    public void Read(in ChatFrame frame, ICollection<ChatEvent> events)
    {
        if (frame.Data.IsEmpty || frame.Has(ChatFrameKinds.End | ChatFrameKinds.Error))
        {
            return;
        }

        using var document = Json.Parse(frame.Data);
        var body = document.RootElement;
        if (!_hasStarted)
        {
            _hasStarted = true;
            _id = body.String("responseId"u8);
            events.Add(new(ChatEventKind.Start) { Id = _id, Name = body.String("modelVersion"u8) });
        }

        foreach (var part in PartReader.Of(body))
        {
            var call = part.Member("functionCall"u8);
            if (call.IsObject())
            {
                var index = _calls++;
                events.Add(
                    new(ChatEventKind.ToolStart)
                    {
                        Index = index,
                        Id = PartReader.CallId(call, _id, index),
                        Name = call.String("name"u8) ?? "",
                    }
                );
                events.Add(new(ChatEventKind.ToolArguments) { Index = index, Text = PartReader.Arguments(call) });
            }
            else if (part.String("text"u8) is { Length: > 0 } text)
            {
                var kind = part.Member("thought"u8).Flag() is true ? ChatEventKind.Reasoning : ChatEventKind.Text;
                events.Add(new(kind) { Text = text });
            }
        }

        if (frame.Has(ChatFrameKinds.Finish))
        {
            events.Add(new(ChatEventKind.Finish) { Finish = frame.Finish });
        }

        if (frame.Usage is { } usage)
        {
            events.Add(new(ChatEventKind.Usage) { Usage = usage });
        }
    }
}
