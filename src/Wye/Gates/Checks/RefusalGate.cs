using Wye.Gates.Texts;

namespace Wye.Gates.Checks;

/// <summary><c>refusal</c>: the model declines, or hedges all the time. Score falls with each hedge.</summary>
/// <param name="hedges">Hedges per 1,000 characters from which the answer is refused.</param>
internal sealed class RefusalGate(double hedges) : Gate("refusal")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        if (RefusalPhrases.Declines(answer.Answer))
        {
            return GateVerdict.Refuse("refusal: declines");
        }

        var count = RefusalPhrases.Hedges(answer.Answer);
        var rate = count * 1_000d / Math.Max(1_000, answer.Answer.Length);
        return rate >= hedges
            ? GateVerdict.Refuse($"refusal: hedges {count} times", 0.2)
            : GateVerdict.Pass(1 / (1 + (rate / hedges)));
    }
}
