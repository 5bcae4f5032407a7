using Wye.Ledger.Budgets;

namespace Wye.Ledger.Writing;

/// <summary>The steps of one transaction and who waits for them; one instance, refilled by the writer's thread.</summary>
internal sealed class LedgerBatch(int capacity)
{
    // Null where nobody waits: a settlement that is owed, or one of the relaxed mode.
    private readonly Settlement?[] _waiting = new Settlement?[capacity];
    private readonly LedgerStep[] _steps = new LedgerStep[capacity];
    private readonly Exception?[] _errors = new Exception?[capacity];

    public int Count { get; private set; }

    /// <summary>On the monotonic clock.</summary>
    public long StartedAt { get; private set; }

    /// <summary>Between <see cref="Fill"/> and the end of the append; read and written under the writer's lock.</summary>
    public bool IsUnderWay { get; set; }

    public ReadOnlySpan<Settlement?> Waiting => _waiting.AsSpan(0, Count);

    public ReadOnlySpan<Exception?> Errors => _errors.AsSpan(0, Count);

    /// <summary>The steps it holds.</summary>
    public ReadOnlySpan<LedgerStep> Steps => _steps.AsSpan(0, Count);

    public void Fill(Queue<QueuedStep> queue, long now)
    {
        Count = 0;
        while (Count < capacity && queue.TryDequeue(out var queued))
        {
            _waiting[Count] = queued.Waiting;
            _steps[Count] = queued.Step;
            _errors[Count] = null;
            Count++;
        }

        Restart(now);
        IsUnderWay = Count > 0;
    }

    /// <summary>From now on whoever waits for the writer's thread waits for what it does now.</summary>
    public void Restart(long now)
    {
        StartedAt = now;
        IsUnderWay = true;
    }

    /// <summary>Whether the store itself failed, so that nothing of the batch was written.</summary>
    public bool StoreFailed { get; private set; }

    /// <summary>Commits the steps; failures are kept per step.</summary>
    public void CommitTo(ILedgerStore store, BudgetBook? book)
    {
        StoreFailed = false;
        var error = Commit(store, book, 0, Count);
        if (error is null)
        {
            return;
        }

        if (StoreFailed || Count == 1)
        {
            _errors.AsSpan(0, Count).Fill(error);
            return;
        }

        // One step cannot be stored: alone, it fails alone.
        for (var i = 0; i < Count; i++)
        {
            _errors[i] = Commit(store, book, i, 1);
        }
    }

    /// <summary>Tells the first <paramref name="count"/> callers, who go on on the pool, and drops the references to all.</summary>
    public void Release(int count)
    {
        SettlementTurn.Start(_waiting.AsSpan(0, count), _errors);
        Clear();
    }

    /// <summary>Hands out the only caller, if there is one, and drops the references.</summary>
    public (Settlement? Waiting, Exception? Error) TakeOnly()
    {
        var only = (_waiting[0], _errors[0]);
        Clear();
        return only;
    }

    private void Clear()
    {
        Array.Clear(_waiting, 0, Count);
        Array.Clear(_steps, 0, Count);
        Array.Clear(_errors, 0, Count);
        Count = 0;
    }

    // An exception that escaped would end the writer's thread and leave every caller waiting for ever.
    private Exception? Commit(ILedgerStore store, BudgetBook? book, int start, int count)
    {
        try
        {
            store.Commit(_steps.AsSpan(start, count), book);
            return null;
        }
        catch (LedgerUnavailableException error)
        {
            StoreFailed = true;
            return error;
        }
        catch (Exception error)
        {
            return new LedgerUnavailableException($"The ledger refused a record: {error.Message}", error);
        }
    }
}
