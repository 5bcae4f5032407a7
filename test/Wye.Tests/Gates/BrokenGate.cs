namespace Wye.Gates;

/// <summary>A gate with a mistake that its cases must find.</summary>
internal sealed class BrokenGate(Func<AnswerView, bool> passes) : Gate("broken")
{
    public override GateVerdict Judge(AnswerView answer) =>
        passes(answer) ? GateVerdict.Pass() : GateVerdict.Refuse("broken");
}
