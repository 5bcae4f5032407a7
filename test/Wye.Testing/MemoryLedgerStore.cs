using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Testing;

/// <summary>A ledger store in memory. Thread-safe.</summary>
public sealed class MemoryLedgerStore : ILedgerStore
{
    private readonly Lock _gate = new();
    private readonly List<LedgerRecord> _records = [];
    private readonly Dictionary<RequestId, LedgerRecord> _byId = [];
    private readonly List<int> _batches = [];

    /// <summary>Called before each append, outside the store's lock, with the number of records: throw, block or count.</summary>
    public Action<int>? OnAppend { get; set; }

    /// <summary>All records, in the order they were appended.</summary>
    public IReadOnlyList<LedgerRecord> Records
    {
        get
        {
            lock (_gate)
            {
                return [.. _records];
            }
        }
    }

    /// <summary>Sizes of the committed batches, in order.</summary>
    public IReadOnlyList<int> Batches
    {
        get
        {
            lock (_gate)
            {
                return [.. _batches];
            }
        }
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<LedgerRecord> records)
    {
        if (records.IsEmpty)
        {
            return;
        }

        OnAppend?.Invoke(records.Length);
        lock (_gate)
        {
            var ids = new HashSet<RequestId>();
            foreach (var record in records)
            {
                Check(record, ids);
            }

            foreach (var record in records)
            {
                _records.Add(record);
                _byId.Add(record.Request.Id, record);
            }

            _batches.Add(records.Length);
        }
    }

    /// <inheritdoc/>
    public Task<LedgerRecord?> FindAsync(RequestId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_byId.GetValueOrDefault(id));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RequestEntry>> RecentAsync(int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1000);
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<RequestEntry>>([
                .. _records.AsEnumerable().Reverse().Take(count).Select(record => record.Request),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<LedgerTotals> TotalsAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var attempts = _records.SelectMany(record => record.Attempts).ToList();
            var cost = attempts.Aggregate(Int128.Zero, (sum, attempt) => sum + (attempt.Cost?.PicoDollars ?? 0));
            return Task.FromResult(
                new LedgerTotals(
                    _records.Count,
                    attempts.Count,
                    cost,
                    attempts.LongCount(attempt => attempt.Estimated),
                    attempts.LongCount(attempt => attempt.Cost is null)
                )
            );
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Check(LedgerRecord record, HashSet<RequestId> ids)
    {
        var id = record.Request.Id;
        if (_byId.ContainsKey(id) || !ids.Add(id))
        {
            throw new ArgumentException(
                $"Request '{id}' cannot be recorded: its id is already recorded.",
                nameof(record)
            );
        }

        var numbers = record.Attempts.Select(attempt => attempt.Number).ToList();
        if (record.Attempts.Any(attempt => attempt.Request != id) || numbers.Distinct().Count() != numbers.Count)
        {
            throw new ArgumentException(
                $"Request '{id}' cannot be recorded: an attempt repeats a number or names another request.",
                nameof(record)
            );
        }

        if (
            double.IsNaN(record.Request.TotalMilliseconds)
            || record.Attempts.Any(a => double.IsNaN(a.TotalMilliseconds))
        )
        {
            throw new ArgumentException($"Request '{id}' cannot be recorded: a value is not a number.", nameof(record));
        }
    }
}
