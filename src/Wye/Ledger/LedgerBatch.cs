namespace Wye.Ledger;

/// <summary>The records of one transaction and who waits for them; one instance, refilled by the writer's thread.</summary>
internal sealed class LedgerBatch(int capacity)
{
    private readonly Settlement[] _waiting = new Settlement[capacity];
    private readonly LedgerRecord[] _records = new LedgerRecord[capacity];
    private readonly Exception?[] _errors = new Exception?[capacity];

    public int Count { get; private set; }

    /// <summary>On the monotonic clock.</summary>
    public long StartedAt { get; private set; }

    /// <summary>Between <see cref="Fill"/> and the end of the append; read and written under the writer's lock.</summary>
    public bool IsUnderWay { get; set; }

    public ReadOnlySpan<Settlement> Waiting => _waiting.AsSpan(0, Count);

    public ReadOnlySpan<Exception?> Errors => _errors.AsSpan(0, Count);

    public void Fill(Queue<Settlement> queue, long now)
    {
        Count = 0;
        while (Count < capacity && queue.TryDequeue(out var settlement))
        {
            _waiting[Count] = settlement;
            _records[Count] = settlement.Record!;
            _errors[Count] = null;
            Count++;
        }

        StartedAt = now;
        IsUnderWay = Count > 0;
    }

    /// <summary>Whether the store itself failed, so that nothing of the batch was written.</summary>
    public bool StoreFailed { get; private set; }

    /// <summary>Commits the records; failures are kept per record.</summary>
    public void AppendTo(ILedgerStore store)
    {
        StoreFailed = false;
        var error = Append(store, 0, Count);
        if (error is null)
        {
            return;
        }

        if (StoreFailed || Count == 1)
        {
            _errors.AsSpan(0, Count).Fill(error);
            return;
        }

        // One record cannot be stored: alone, it fails alone.
        for (var i = 0; i < Count; i++)
        {
            _errors[i] = Append(store, i, 1);
        }
    }

    /// <summary>Tells the first <paramref name="count"/> callers and drops the references to all.</summary>
    public void Release(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _waiting[i].Complete(_errors[i]);
        }

        Array.Clear(_waiting, 0, Count);
        Array.Clear(_records, 0, Count);
        Array.Clear(_errors, 0, Count);
        Count = 0;
    }

    // An exception that escaped would end the writer's thread and leave every caller waiting for ever.
    private Exception? Append(ILedgerStore store, int start, int count)
    {
        try
        {
            store.Append(_records.AsSpan(start, count));
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
