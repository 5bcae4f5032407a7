using Wye.Chat;
using Wye.Primitives;
using Wye.Signals.Steps;

namespace Wye.Signals;

/// <summary>Measures a request: one pass over its texts, no allocation but the result. Thread-safe.</summary>
public sealed class SignalExtractor
{
    /// <summary>Measures <paramref name="request"/>. Texts that are not valid UTF-8 are measured as they are; never throws for content.</summary>
    /// <returns>The signals; the step kind is the caller's when given, else inferred by rules over words and structure.</returns>
    public SignalSet Extract(ChatRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var texts = request.Texts;
        var turn = LastUserTurn.Find(texts);
        var query = new TextCensus();
        var others = new TextCensus();
        var markers = TextMarkers.None;
        for (var i = 0; i < texts.Count; i++)
        {
            var text = texts[i];
            if (turn.Holds(text))
            {
                query.Add(text.Utf8.Span);
                markers |= TextMarkersReader.Read(text.Utf8.Span);
            }
            else
            {
                others.AddLength(text.Utf8.Span);
            }
        }

        var code = TextMarkersReader.IsCode(markers, query);
        var math = TextMarkersReader.IsMath(markers, query);
        var given = request.Hints.StepKind;
        var step = given is { } kind ? new StepGuess(kind, null) : StepKindRules.Infer(request, turn, code, math);
        return new SignalSet
        {
            StepKind = step.Kind,
            StepKindGiven = given is not null,
            StepKindReason = step.Reason,
            TextBytes = query.Bytes + others.Bytes,
            QueryLength = query.Runes,
            QueryWords = query.Words,
            PromptTokens = TokenEstimate.Prompt(
                query.TokenUnits + others.TokenUnits,
                request.MessageCount,
                request.ToolCount,
                request.ToolBytes,
                request.ImageCount
            ),
            PromptTokenBound = TokenEstimate.Bound(request.Body.Length, request.ToolCount, request.ImageCount),
            Turns = turn.Turns,
            Questions = query.Questions,
            ListItems = query.ListItems,
            Code = code,
            Math = math,
            Script = query.DominantScript(),
        };
    }
}
