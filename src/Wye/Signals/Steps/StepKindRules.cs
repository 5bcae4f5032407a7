using Wye.Chat;
using Wye.Primitives;

namespace Wye.Signals.Steps;

/// <summary>Infers the step kind: the rule with the highest score decides, words before structure; nothing = chat.</summary>
internal static class StepKindRules
{
    /// <summary>An ask stands at the start of a turn or at its end; what lies between is material.</summary>
    private const int HeadWindow = 640;
    private const int TailWindow = 320;

    public static StepGuess Infer(ChatRequest request, in LastUserTurn turn, bool code, bool math)
    {
        var features = request.Features;
        if ((features & ChatFeatures.ToolRequired) != ChatFeatures.None)
        {
            return new StepGuess(StepKind.ToolSelect, "a tool call is demanded");
        }

        var scan = new StepScan(StepLexicon.Default);
        if (turn.System >= 0)
        {
            ReadEnds(ref scan, request.Texts[turn.System].Utf8.Span, StepPlace.System);
        }

        if (turn.First >= 0)
        {
            ReadTurn(ref scan, request.Texts[turn.First].Utf8.Span, request.Texts[turn.Last].Utf8.Span, turn);
        }

        return scan.Best is { } best && scan.BestScore > Structure(features, code, math)
            ? new StepGuess(best.Kind, scan.BestInSystem ? best.SystemReason : best.Reason)
            : ByStructure(features, code, math);
    }

    private static void ReadTurn(
        ref StepScan scan,
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> last,
        in LastUserTurn turn
    )
    {
        if (turn.First == turn.Last)
        {
            ReadEnds(ref scan, first, StepPlace.First);
            return;
        }

        scan.Read(Head(first), StepPlace.First, endsTurn: false);
        scan.Read(Tail(last), StepPlace.Middle, endsTurn: true);
    }

    private static void ReadEnds(ref StepScan scan, ReadOnlySpan<byte> text, StepPlace place)
    {
        if (text.Length <= HeadWindow + TailWindow)
        {
            scan.Read(text, place, endsTurn: true);
            return;
        }

        scan.Read(Head(text), place, endsTurn: false);
        scan.Read(Tail(text), place == StepPlace.System ? place : StepPlace.Middle, endsTurn: true);
    }

    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> text) => text[..Math.Min(text.Length, HeadWindow)];

    private static ReadOnlySpan<byte> Tail(ReadOnlySpan<byte> text) => text[Math.Max(0, text.Length - TailWindow)..];

    private static int Structure(ChatFeatures features, bool code, bool math) =>
        math ? StepScores.Math
        : code ? StepScores.Code
        : (features & ChatFeatures.JsonSchema) != ChatFeatures.None ? StepScores.JsonSchema
        : (features & ChatFeatures.Tools) != ChatFeatures.None ? StepScores.ToolsOffered
        : 0;

    private static StepGuess ByStructure(ChatFeatures features, bool code, bool math) =>
        math ? new StepGuess(StepKind.Reason, "mathematics in the ask")
        : code ? new StepGuess(StepKind.Implement, "code in the ask")
        : (features & ChatFeatures.JsonSchema) != ChatFeatures.None
            ? new StepGuess(StepKind.Extract, "a JSON schema for the answer")
        : (features & ChatFeatures.Tools) != ChatFeatures.None ? new StepGuess(StepKind.ToolSelect, "tools are offered")
        : new StepGuess(StepKind.Chat, null);
}
