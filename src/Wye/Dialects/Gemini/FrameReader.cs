using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Dialects.Errors;
using Wye.Dialects.Gemini.Translation;
using Wye.Dialects.Translation;
using Wye.Primitives;

namespace Wye.Dialects.Gemini;

/// <summary>Reads the pieces of one stream.</summary>
/// <param name="logProbs">Whether a gate reads log-probabilities; no caller gets them from this dialect.</param>
internal sealed class FrameReader(LogProbUse logProbs = LogProbUse.Relay) : IFrameReader
{
    private readonly EventReader _events = new();
    private bool _hasCalls;
    private bool _hasContent;

    /// <inheritdoc/>
    public bool EndsWithTheBody => true;

    /// <inheritdoc/>
    public ChatFrame Read(string? eventName, ReadOnlyMemory<byte> data)
    {
        var frame = new ChatFrame
        {
            Dialect = DialectId.Gemini,
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

        var view = default(AnswerView);
        try
        {
            if (!WireBody.TryReadEvent(payload, ref view))
            {
                return Failed(
                    frame,
                    new ChatError(FailureKind.BadResponse, "The provider sent an event that is not a JSON object.")
                );
            }

            if (view.IsError || string.Equals(eventName, "error", StringComparison.Ordinal))
            {
                return Failed(frame, ErrorReader.OfEvent(payload));
            }

            return view is { Candidates: 0, Blocked: { } reason }
                ? Failed(frame with { Usage = view.Usage }, ReplyReader.OfBlock(reason))
                : Fill(frame, view);
        }
        finally
        {
            view.Texts.Dispose();
        }
    }

    private ChatFrame Fill(ChatFrame frame, in AnswerView view)
    {
        _hasCalls |= view.Calls > 0;
        _hasContent |= view.TextBytes + view.ThoughtBytes + view.Calls > 0;
        if (view.Finish == FinishReason.Other && !_hasContent)
        {
            var empty = new ChatError(FailureKind.BadResponse, ReplyReader.Empty);
            return Failed(frame with { Usage = view.Usage }, empty);
        }

        var kinds = ChatFrameKinds.None;
        // Images and the run of code are carried to no caller: alone they are no content.
        kinds |= view.TextBytes > 0 ? ChatFrameKinds.Content : ChatFrameKinds.None;
        kinds |= view.ThoughtBytes > 0 ? ChatFrameKinds.Reasoning : ChatFrameKinds.None;
        kinds |= view.Calls > 0 ? ChatFrameKinds.Tool : ChatFrameKinds.None;
        kinds |= view.Finish != FinishReason.None ? ChatFrameKinds.Finish : ChatFrameKinds.None;
        kinds |= view.HasUsage ? ChatFrameKinds.Usage : ChatFrameKinds.None;
        return frame with
        {
            Kinds = kinds,
            ContentBytes = view.TextBytes + view.ThoughtBytes + view.CallBytes,
            Finish = view.Finish == FinishReason.Stop && _hasCalls ? FinishReason.ToolCalls : view.Finish,
            Usage = view.Usage,
            Confidence = logProbs == LogProbUse.Relay ? null : ConfidenceOf(frame.Data),
        };
    }

    private static TokenConfidence? ConfidenceOf(ReadOnlyMemory<byte> data)
    {
        using var document = Json.Parse(data);
        return LogProbReader.Read(document.RootElement);
    }

    private static ChatFrame Failed(ChatFrame frame, ChatError error) =>
        frame with
        {
            Kinds = ChatFrameKinds.Error,
            Error = error,
        };
}
