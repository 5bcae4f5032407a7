using System.Threading.Tasks.Sources;

namespace Wye.Ledger.Writing;

/// <summary>One caller waiting for its record; reused, so that a settlement in steady state allocates nothing.</summary>
internal sealed class Settlement(SettlementPool pool) : IValueTaskSource
{
    // Where the caller goes on, on the thread that completes it or on another of the pool, is said with each completion.
    private ManualResetValueTaskSourceCore<bool> _source;

    public LedgerStep? Step { get; private set; }

    /// <summary>The next one in the pool.</summary>
    public Settlement? Next { get; set; }

    public ValueTask Start(LedgerStep step)
    {
        Step = step;
        return new ValueTask(this, _source.Version);
    }

    /// <summary>Ends the wait; called exactly once per start.</summary>
    /// <param name="error">Why it failed; null = committed.</param>
    /// <param name="here">Whether the caller goes on within this call.</param>
    public void Complete(Exception? error, bool here = false)
    {
        Step = null;
        _source.RunContinuationsAsynchronously = !here;
        if (error is null)
        {
            _source.SetResult(true);
        }
        else
        {
            _source.SetException(error);
        }
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _source.GetResult(token);
        }
        finally
        {
            _source.Reset();
            pool.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _source.OnCompleted(continuation, state, token, flags);
}
