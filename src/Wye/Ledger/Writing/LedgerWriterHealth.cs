namespace Wye.Ledger.Writing;

/// <summary>What the writer saw of its store: for readiness and metrics. Thread-safe.</summary>
internal sealed class LedgerWriterHealth(TimeProvider time, TimeSpan recovery)
{
    private readonly Lock _gate = new();
    private string? _lastError;
    private long _failedAt;
    private bool _failed;
    private long _recorded;
    private long _refused;
    private long _dropped;

    /// <summary>
    /// A failure wears off: without traffic nothing would show that the store is back, and without readiness there is no
    /// traffic.
    /// </summary>
    public bool IsHealthy
    {
        get
        {
            lock (_gate)
            {
                return !_failed || time.GetElapsedTime(_failedAt) >= recovery;
            }
        }
    }

    public string? LastError
    {
        get
        {
            lock (_gate)
            {
                return _lastError;
            }
        }
    }

    public long Recorded => Interlocked.Read(ref _recorded);

    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Records that were owed and could not be written in the end.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void OnDropped() => Interlocked.Increment(ref _dropped);

    public void OnPaid(int records) => Interlocked.Add(ref _recorded, records);

    public void OnUpkeep(Exception error) => Fail(error);

    public void OnRefused(int records) => Interlocked.Add(ref _refused, records);

    public void OnStall(Exception error, int records)
    {
        OnRefused(records);
        Fail(error);
    }

    /// <param name="batch">An ended batch.</param>
    /// <param name="told">Whether its callers still wait; if not, they were counted as refused when the store stalled.</param>
    public void OnBatch(LedgerBatch batch, bool told)
    {
        Exception? newest = null;
        var failed = 0;
        foreach (var error in batch.Errors)
        {
            if (error is not null)
            {
                failed++;
                newest = error;
            }
        }

        Interlocked.Add(ref _recorded, batch.Count - failed);
        OnRefused(told ? failed : 0);
        if (batch.StoreFailed)
        {
            Fail(newest!);
            return;
        }

        Heal(newest);
    }

    /// <summary>The store was written although nothing was to be recorded.</summary>
    public void OnWritable() => Heal(newest: null);

    private void Heal(Exception? newest)
    {
        lock (_gate)
        {
            _failed = false;
            _lastError = newest?.Message;
        }
    }

    private void Fail(Exception error)
    {
        lock (_gate)
        {
            _failed = true;
            _failedAt = time.GetTimestamp();
            _lastError = error.Message;
        }
    }
}
