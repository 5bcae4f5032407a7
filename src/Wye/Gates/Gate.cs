namespace Wye.Gates;

/// <summary>A gate that decides at once, from the text alone.</summary>
internal abstract class Gate(string kind) : IGate
{
    /// <inheritdoc/>
    public string Kind => kind;

    /// <summary>Judges without waiting.</summary>
    public abstract GateVerdict Judge(AnswerView answer);

    /// <inheritdoc/>
    public ValueTask<GateVerdict> JudgeAsync(AnswerView answer, CancellationToken cancellationToken) =>
        new(Judge(answer));
}
