using Wye.Gates.Texts;

namespace Wye.Gates.Checks;

/// <summary><c>numbers_used</c>: at least a share of the numbers in the question stands in the answer. Score = that share.</summary>
internal sealed class NumbersUsedGate(double least) : Gate("numbers_used")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        var (asked, used) = (0, 0);
        foreach (var number in answer.QuestionTokens)
        {
            if (number.Kind == TextTokenKind.Number)
            {
                asked++;
                used += Stands(answer.Tokens, number.Value) ? 1 : 0;
            }
        }

        if (asked == 0)
        {
            return GateVerdict.Skip("numbers_used: the question has none");
        }

        var share = (double)used / asked;
        return share >= least ? GateVerdict.Pass(share) : GateVerdict.Refuse($"numbers_used: {used} of {asked}", share);
    }

    private static bool Stands(ReadOnlySpan<TextToken> tokens, double value)
    {
        foreach (var token in tokens)
        {
            if (token.Kind == TextTokenKind.Number && (token.Value == value || token.Value == value * 100))
            {
                return true;
            }
        }

        return false;
    }
}
