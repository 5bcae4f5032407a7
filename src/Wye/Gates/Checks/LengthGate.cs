namespace Wye.Gates.Checks;

/// <summary><c>length</c>: the answer has at least and at most so many characters.</summary>
internal sealed class LengthGate(int least, int most) : Gate("length")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        var length = answer.Answer.Trim().Length;
        return length < least ? GateVerdict.Refuse("length: too short")
            : length > most ? GateVerdict.Refuse("length: too long")
            : GateVerdict.Pass();
    }
}
