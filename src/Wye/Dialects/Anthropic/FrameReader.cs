using Wye.Chat;
using Wye.Dialects.Anthropic.Translation;
using Wye.Dialects.Errors;
using Wye.Primitives;

namespace Wye.Dialects.Anthropic;

/// <summary>Reads the events of one stream.</summary>
internal sealed class FrameReader : IFrameReader
{
    private readonly EventReader _events = new();
    private long _writtenForAnHour;

    /// <inheritdoc/>
    public ChatFrame Read(string? eventName, ReadOnlyMemory<byte> data)
    {
        var frame = new ChatFrame
        {
            Dialect = DialectId.Anthropic,
            EventName = eventName,
            Data = data,
            Events = _events,
        };
        var payload = data.Span.Trim(" \t\r\n"u8);
        if (payload.IsEmpty || payload.SequenceEqual("[DONE]"u8))
        {
            // Some servers close with the terminator of another dialect; it says nothing here.
            return frame with { Data = default };
        }

        var view = default(EventView);
        if (!WireBody.TryReadEvent(payload, ref view))
        {
            return frame with
            {
                Kinds = ChatFrameKinds.Error,
                Error = new ChatError(FailureKind.BadResponse, "The provider sent an event that is not a JSON object."),
            };
        }

        var isError = view.IsError || string.Equals(eventName, "error", StringComparison.Ordinal);
        return isError
            ? frame with
            {
                Kinds = ChatFrameKinds.Error,
                Error = ErrorReader.OfEvent(payload),
            }
            : frame with
            {
                Kinds = KindsOf(view),
                ContentBytes = view.TextBytes + view.ThinkingBytes + view.ToolBytes,
                Finish = view.Finish,
                Usage = Divided(view.Usage),
            };
    }

    /// <summary>Only the first event says which part of the tokens written to the cache is kept for an hour; later ones repeat the sum.</summary>
    private Usage? Divided(Usage? usage)
    {
        if (usage is not { } told)
        {
            return null;
        }

        if (told.CacheWriteHourTokens > 0)
        {
            _writtenForAnHour = told.CacheWriteHourTokens;
        }
        else if (told.CacheWriteTokens >= _writtenForAnHour)
        {
            told = told with
            {
                CacheWriteTokens = told.CacheWriteTokens - _writtenForAnHour,
                CacheWriteHourTokens = _writtenForAnHour,
            };
        }

        return told;
    }

    private static ChatFrameKinds KindsOf(in EventView view)
    {
        var kinds = view.HasUsage ? ChatFrameKinds.Usage : ChatFrameKinds.None;
        switch (view.Type)
        {
            case EventType.MessageStart:
                return kinds | ChatFrameKinds.Role;
            case EventType.BlockStart or EventType.BlockDelta:
                kinds |= view.TextBytes > 0 || view.HasOther ? ChatFrameKinds.Content : ChatFrameKinds.None;
                kinds |= view.ThinkingBytes > 0 ? ChatFrameKinds.Reasoning : ChatFrameKinds.None;
                return view.HasTool ? kinds | ChatFrameKinds.Tool : kinds;
            case EventType.MessageDelta:
                return view.Finish == FinishReason.None ? kinds : kinds | ChatFrameKinds.Finish;
            case EventType.MessageStop:
                return ChatFrameKinds.End;
            default:
                return ChatFrameKinds.None;
        }
    }
}
