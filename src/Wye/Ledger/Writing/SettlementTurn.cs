namespace Wye.Ledger.Writing;

/// <summary>
/// Some callers of one batch, who go on one after another on one thread of the pool: handing each over by itself costs more than
/// many of them do until they wait again.
/// </summary>
internal sealed class SettlementTurn : IThreadPoolWorkItem
{
    /// <summary>So few that the last one hardly waits for the others.</summary>
    public const int Most = 8;

    private readonly (Settlement Waiting, Exception? Error)[] _callers;

    private SettlementTurn(int count) => _callers = new (Settlement, Exception?)[count];

    /// <summary>Lets the callers of a batch go on, shared evenly among the cores.</summary>
    /// <param name="waiting">Who waits; null = nobody for this step.</param>
    /// <param name="errors">Why each step failed; null = committed.</param>
    public static void Start(ReadOnlySpan<Settlement?> waiting, ReadOnlySpan<Exception?> errors)
    {
        var count = waiting.Length - waiting.Count((Settlement?)null);
        var share = Math.Clamp((count + Environment.ProcessorCount - 1) / Environment.ProcessorCount, 1, Most);
        SettlementTurn? turn = null;
        var filled = 0;
        for (var i = 0; i < waiting.Length; i++)
        {
            if (waiting[i] is not { } settlement)
            {
                continue;
            }

            turn ??= new(Math.Min(share, count));
            turn._callers[filled++] = (settlement, errors[i]);
            count--;
            if (filled == turn._callers.Length)
            {
                ThreadPool.UnsafeQueueUserWorkItem(turn, preferLocal: false);
                (turn, filled) = (null, 0);
            }
        }
    }

    /// <inheritdoc/>
    public void Execute()
    {
        foreach (var (waiting, error) in _callers)
        {
            waiting.Complete(error, here: true);
        }
    }
}
