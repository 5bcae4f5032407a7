namespace Wye.Simulator;

/// <summary>Every call that arrived, so that wasted ones can be counted. Thread-safe.</summary>
public sealed class CallLog
{
    private readonly Lock _gate = new();
    private readonly List<CallRecord> _records = [];

    internal CallLog() { }

    /// <summary>Number of calls.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _records.Count;
            }
        }
    }

    /// <summary>Number of calls to one model.</summary>
    public int CountOf(string model)
    {
        lock (_gate)
        {
            return _records.Count(r => string.Equals(r.Model, model, StringComparison.Ordinal));
        }
    }

    /// <summary>A copy, in order of arrival.</summary>
    public IReadOnlyList<CallRecord> Snapshot()
    {
        lock (_gate)
        {
            return [.. _records];
        }
    }

    internal void Add(CallRecord record)
    {
        lock (_gate)
        {
            _records.Add(record);
        }
    }
}
