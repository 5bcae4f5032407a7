using System.Text.RegularExpressions;

namespace Wye.Gates.Checks;

/// <summary><c>pattern</c>: the answer matches, or must not match, a regular expression. Time is linear in the answer.</summary>
internal sealed class PatternGate(string pattern, bool mustMatch) : Gate("pattern")
{
    // Cannot backtrack, so no pattern of a configuration can hang a request (G04).
    private readonly Regex _pattern = new(
        pattern,
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    );

    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer) =>
        _pattern.IsMatch(answer.Answer) == mustMatch
            ? GateVerdict.Pass()
            : GateVerdict.Refuse(mustMatch ? "pattern: not matched" : "pattern: matched");
}
