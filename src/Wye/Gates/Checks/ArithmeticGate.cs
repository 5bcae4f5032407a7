namespace Wye.Gates.Checks;

/// <summary><c>arithmetic</c>: every equation in the answer is computed again and holds. Score = share that holds.</summary>
internal sealed class ArithmeticGate() : Gate("arithmetic")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        var equations = answer.Equations;
        var count = equations.All.Length;
        return count == 0 ? GateVerdict.Skip("arithmetic: no equation")
            : equations.Wrong == 0 ? GateVerdict.Pass()
            : GateVerdict.Refuse(
                $"arithmetic: {equations.Wrong} of {count} wrong",
                0.5 * (count - equations.Wrong) / count
            );
    }
}
