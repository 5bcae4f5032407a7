using System.Runtime.InteropServices;
using Wye.Ledger.Budgets;
using Wye.Primitives;

namespace Wye.Ledger;

/// <summary>The newest requests in memory, and exact sums over all since the start. Gone with the process. Thread-safe.</summary>
internal sealed class RecentLedgerStore(int capacity) : ILedgerStore
{
    private readonly Lock _gate = new();
    private readonly MemoryAccounts _accounts = new();
    private readonly Queue<LedgerRecord> _records = new();
    private readonly Dictionary<RequestId, LedgerRecord> _byId = [];
    private LedgerTotals _totals = new(0, 0, Int128.Zero, 0, 0);

    /// <inheritdoc/>
    public bool IsDurable => false;

    /// <inheritdoc/>
    public bool KeepsBudgets => true;

    /// <inheritdoc/>
    public void Commit(ReadOnlySpan<LedgerStep> steps, BudgetBook? book)
    {
        lock (_gate)
        {
            var records = new List<LedgerRecord>(steps.Length);
            foreach (var step in steps)
            {
                if (step is LedgerRecord record)
                {
                    records.Add(record);
                }
            }

            // First what may be refused, so that a refused batch changes no balance.
            Append(CollectionsMarshal.AsSpan(records));
            foreach (var step in steps)
            {
                _accounts.Take(step, book);
            }
        }
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<LedgerRecord> records)
    {
        lock (_gate)
        {
            Check(records);
            foreach (var record in records)
            {
                Add(record);
            }
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
                .. _records.Reverse().Take(count).Select(record => record.Request),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<LedgerTotals> TotalsAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_totals);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Add(LedgerRecord record)
    {
        if (_records.Count == capacity)
        {
            _byId.Remove(_records.Dequeue().Request.Id);
        }

        _records.Enqueue(record);
        _byId.Add(record.Request.Id, record);
        _totals = _totals with { Requests = _totals.Requests + 1 };
        foreach (var attempt in record.Attempts)
        {
            _totals = _totals with
            {
                Attempts = _totals.Attempts + 1,
                CostPicoDollars = _totals.CostPicoDollars + (attempt.Cost?.PicoDollars ?? 0),
                EstimatedAttempts = _totals.EstimatedAttempts + (attempt.Estimated ? 1 : 0),
                UnpricedAttempts = _totals.UnpricedAttempts + (attempt.Cost is null ? 1 : 0),
            };
        }
    }

    private void Check(ReadOnlySpan<LedgerRecord> records)
    {
        var ids = new HashSet<RequestId>();
        foreach (var record in records)
        {
            var id = record.Request.Id;
            var fault =
                _byId.ContainsKey(id) || !ids.Add(id) ? "its id is already recorded"
                : HoldsWrongAttempts(record) ? "an attempt repeats a number or names another request"
                : double.IsNaN(record.Request.TotalMilliseconds) ? "a value is not a number"
                : null;
            if (fault is not null)
            {
                throw new ArgumentException($"Request '{id}' cannot be recorded: {fault}.", nameof(records));
            }
        }
    }

    private static bool HoldsWrongAttempts(LedgerRecord record)
    {
        var attempts = record.Attempts;
        for (var i = 0; i < attempts.Length; i++)
        {
            if (attempts[i].Request != record.Request.Id || double.IsNaN(attempts[i].TotalMilliseconds))
            {
                return true;
            }

            for (var j = 0; j < i; j++)
            {
                if (attempts[j].Number == attempts[i].Number)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
