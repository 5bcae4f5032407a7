using Wye.Gates.Texts;

namespace Wye.Gates.Checks;

/// <summary><c>language</c>: the answer is in the named language, or in the question's. Too little text is an abstention.</summary>
/// <param name="language">Two letters; null = that of the question.</param>
internal sealed class LanguageGate(string? language) : Gate("language")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        var wanted = language ?? LanguageGuess.Of(answer.Question);
        var found = LanguageGuess.Of(answer.Answer);
        if (wanted is null || found is null)
        {
            return GateVerdict.Skip("language: too little to tell");
        }

        return string.Equals(wanted, found, StringComparison.OrdinalIgnoreCase)
            ? GateVerdict.Pass()
            : GateVerdict.Refuse("language: another one");
    }
}
