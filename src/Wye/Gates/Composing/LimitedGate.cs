namespace Wye.Gates.Composing;

/// <summary>A gate with a time limit: what is not decided by then is an abstention.</summary>
internal sealed class LimitedGate(IGate inner, TimeSpan limit, TimeProvider time) : IGate
{
    /// <inheritdoc/>
    public string Kind => inner.Kind;

    /// <inheritdoc/>
    public async ValueTask<GateVerdict> JudgeAsync(AnswerView answer, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            return await inner.JudgeAsync(answer, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return GateVerdict.Abstain($"{Kind}: out of time");
        }
    }
}
