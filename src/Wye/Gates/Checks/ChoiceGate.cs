using System.Collections.Immutable;
using Wye.Gates.Texts;

namespace Wye.Gates.Checks;

/// <summary><c>choice</c>: the answer is one of the given choices, or of the lettered ones in the question, and only one.</summary>
internal sealed class ChoiceGate(ImmutableArray<string> choices) : Gate("choice")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        if (choices.IsEmpty)
        {
            return Lettered(answer);
        }

        var result = FinalAnswer.FindOrLastLine(answer.Answer).Trim("\"'`*. ");
        foreach (var choice in choices)
        {
            if (result.Equals(choice, StringComparison.OrdinalIgnoreCase))
            {
                return GateVerdict.Pass();
            }
        }

        return GateVerdict.Refuse("choice: none of the given");
    }

    private static GateVerdict Lettered(AnswerView answer)
    {
        var most = Choices.LastLetterOf(answer.Question);
        if (most == '\0')
        {
            return GateVerdict.Skip("choice: the question gives none");
        }

        var letter = Choices.LetterOf(FinalAnswer.FindOrLastLine(answer.Answer));
        return letter == '\0' ? GateVerdict.Refuse("choice: no letter")
            : letter > most ? GateVerdict.Refuse("choice: no such letter")
            : GateVerdict.Pass();
    }
}
