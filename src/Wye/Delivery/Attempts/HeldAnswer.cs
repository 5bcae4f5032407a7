using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Chat.Events;

namespace Wye.Delivery.Attempts;

/// <summary>A streamed answer held back for a gate: its frames, to be let go later, and the answer they make. Used by one flow.</summary>
internal sealed class HeldAnswer(int mostBytes) : IDisposable
{
    private readonly HeldFrames _frames = new();
    private readonly List<ChatEvent> _events = [];
    private readonly List<int> _from = [];
    private readonly ArrayBufferWriter<byte> _text = new(256);
    private readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];
    private TokenConfidence? _confidence;
    private int _at;

    /// <summary>Frames held, the terminator among them.</summary>
    public int Count => _frames.Count;

    /// <summary>Text so far, unescaped UTF-8.</summary>
    public ReadOnlySpan<byte> Text => _text.WrittenSpan;

    /// <summary>The whole answer; null = it has not ended.</summary>
    public ChatReply? Reply { get; private set; }

    /// <summary>A frame, as it came. Its events are those of this frame: take one frame after the other.</summary>
    public ChatFrame this[int index]
    {
        get
        {
            _at = index;
            var frame = _frames[index];
            return frame.Events is null ? frame : frame with { Events = new Replayed(this) };
        }
    }

    /// <summary>Keeps a frame.</summary>
    /// <returns>False when that would be too much.</returns>
    public bool TryAdd(in ChatFrame frame)
    {
        if (_frames.Weight + frame.Data.Length > mostBytes)
        {
            return false;
        }

        _frames.Add(frame);
        _from.Add(_events.Count);
        if (frame.Confidence is { } sure)
        {
            _confidence = _confidence?.With(sure) ?? sure;
        }

        if (frame.Events is { } reader)
        {
            reader.Read(frame, _events);
            for (var i = _from[^1]; i < _events.Count; i++)
            {
                Take(_events[i]);
            }
        }

        return true;
    }

    /// <summary>The stream is whole.</summary>
    public void Finish(FinishReason finish) =>
        Reply = new ChatReply
        {
            Dialect = SynthesisedRequest.Dialect,
            Body = default,
            Text = _text.WrittenMemory,
            ToolCallCount = _calls.Count,
            Finish = finish,
            Answers = new Fixed(Answer(finish)),
        };

    /// <inheritdoc/>
    public void Dispose() => _frames.Dispose();

    private void Take(in ChatEvent said)
    {
        switch (said.Kind)
        {
            case ChatEventKind.Text when said.Text is { Length: > 0 } text:
                var room = _text.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
                _text.Advance(Encoding.UTF8.GetBytes(text, room));
                break;
            case ChatEventKind.ToolStart:
                _calls[said.Index] = (said.Id ?? "", said.Name ?? "", new StringBuilder());
                break;
            case ChatEventKind.ToolArguments when _calls.TryGetValue(said.Index, out var call):
                call.Arguments.Append(said.Text);
                break;
        }
    }

    private ChatAnswer Answer(FinishReason finish)
    {
        var parts = ImmutableArray.CreateBuilder<ConversationPart>();
        if (_text.WrittenCount > 0)
        {
            parts.Add(new TextPart(Encoding.UTF8.GetString(_text.WrittenSpan)));
        }

        foreach (var (id, name, arguments) in _calls.Values)
        {
            parts.Add(new ToolCallPart(id, name, arguments.ToString()));
        }

        return new ChatAnswer
        {
            Parts = parts.ToImmutable(),
            Finish = finish,
            Confidence = _confidence,
        };
    }

    private sealed class Fixed(ChatAnswer answer) : IAnswerReader
    {
        public ChatAnswer Read(ChatReply reply) => answer;
    }

    private sealed class Replayed(HeldAnswer owner) : IChatEventReader
    {
        public void Read(in ChatFrame frame, ICollection<ChatEvent> events)
        {
            var to = owner._at + 1 < owner._from.Count ? owner._from[owner._at + 1] : owner._events.Count;
            for (var i = owner._from[owner._at]; i < to; i++)
            {
                events.Add(owner._events[i]);
            }
        }
    }
}
