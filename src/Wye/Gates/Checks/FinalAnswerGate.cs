using Wye.Gates.Texts;

namespace Wye.Gates.Checks;

/// <summary><c>final_answer</c>: the answer ends in a marked result: <c>####</c>, a boxed one, or <c>Answer:</c>.</summary>
/// <param name="number">Whether a number must follow the marker.</param>
/// <param name="marker">A marker of its own; null = the usual ones.</param>
internal sealed class FinalAnswerGate(bool number, string? marker) : Gate("final_answer")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        var result = FinalAnswer.Find(answer.Answer, marker);
        return result.IsEmpty ? GateVerdict.Refuse("final_answer: no marked result")
            : number && !result.ContainsAnyInRange('0', '9') ? GateVerdict.Refuse("final_answer: no number", 0.2)
            : GateVerdict.Pass();
    }
}
