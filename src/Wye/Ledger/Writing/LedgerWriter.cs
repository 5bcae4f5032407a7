using Wye.Ledger.Budgets;

namespace Wye.Ledger.Writing;

/// <summary>
/// The ledger's single writer: one thread commits whatever is queued in one transaction, so that many requests share a
/// commit and none waits for more than two; where the store can open a call or keep a record without one, nobody waits.
/// </summary>
/// <remarks>
/// Thread-safe. Every wait ends: a batch that the store refuses fails its own callers only, a record that cannot be stored
/// fails its own caller only, and a store that does not answer fails all who wait. The writer outlives each of them.
/// It does not own the store.
/// </remarks>
public sealed partial class LedgerWriter : ILedgerWriter, IAsyncDisposable
{
    private readonly ILedgerStore _store;
    private readonly TimeProvider _time;
    private readonly LedgerWriterOptions _options;
    private readonly SettlementPool _pool = new();
    private readonly LedgerWriterHealth _health;
    private readonly ITimer _guard;
    private readonly ITimer _upkeep;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guards everything below; a Monitor because the writer's thread waits on it.
    private readonly object _gate = new();
    private readonly Queue<QueuedStep> _queue = new();
    private readonly Queue<LedgerRecord> _owed = new();
    private readonly LedgerBatch _batch;
    private readonly BudgetBook? _book;
    private bool _waiting;
    private bool _lingering;
    private bool _upkeepDue = true;
    private bool _stalled;
    private bool _closing;

    /// <summary>Starts the writer's thread.</summary>
    /// <param name="store">Where records go; disposed by its owner, after this writer.</param>
    /// <param name="time">Clock of the stall limit.</param>
    /// <param name="options">Bounds; null = defaults.</param>
    /// <param name="book">Hears of balances; null = nobody does.</param>
    public LedgerWriter(
        ILedgerStore store,
        TimeProvider time,
        LedgerWriterOptions? options = null,
        BudgetBook? book = null
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        _store = store;
        _time = time;
        _options = options ?? new();
        LedgerWriterOptions.Check(_options);
        _batch = new(_options.MaxBatch);
        _book = book;
        _health = new(time, _options.Recovery);
        var interval = _options.StallLimit / 4;
        _guard = time.CreateTimer(static self => ((LedgerWriter)self!).FailIfStalled(), this, interval, interval);
        _upkeep = time.CreateTimer(
            static self => ((LedgerWriter)self!).WantUpkeep(),
            this,
            _options.Upkeep,
            _options.Upkeep
        );
        new Thread(Run) { IsBackground = true, Name = "wye-ledger" }.Start();
    }

    /// <summary>Whether requests may be expected to settle: false while the store stalls and for a while after it failed.</summary>
    public bool IsHealthy => !Volatile.Read(ref _stalled) && _health.IsHealthy;

    /// <summary>The newest failure, in one line; null = none since the last batch that was committed whole.</summary>
    public string? LastError => _health.LastError;

    /// <summary>Records committed since the start.</summary>
    public long Recorded => _health.Recorded;

    /// <summary>Records refused since the start.</summary>
    public long Refused => _health.Refused;

    /// <summary>Records that could not be committed and wait for the store to be back.</summary>
    public int Owed
    {
        get
        {
            lock (_gate)
            {
                return _owed.Count;
            }
        }
    }

    /// <summary>Records waiting for their batch.</summary>
    public int QueueLength
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count;
            }
        }
    }

    /// <inheritdoc/>
    public bool WritesIntents => _store.IsDurable && !_options.Relaxed;

    /// <inheritdoc/>
    public ValueTask OpenAsync(OpeningStep opening)
    {
        ArgumentNullException.ThrowIfNull(opening);
        return IsHealthy && !Volatile.Read(ref _closing) && _store.TryOpen(opening)
            ? ValueTask.CompletedTask
            : EnqueueAsync(opening);
    }

    /// <inheritdoc/>
    public ValueTask SettleAsync(LedgerRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        var mayLeave = record.HasIntents ? IsHealthy && _store.TryKeep(record) : _options.Relaxed;
        return mayLeave && TryLeave(record) ? ValueTask.CompletedTask : EnqueueAsync(record);
    }

    /// <inheritdoc/>
    public void Owe(LedgerRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        lock (_gate)
        {
            // Callers who were turned away may come in any number, each with a row that no money hangs on; calls that were made
            // are as many as ran when the store failed. So those rows must not take the room of these.
            var room = record.Attempts.IsEmpty ? _options.QueueCapacity : 2 * _options.QueueCapacity;
            if (_owed.Count < room)
            {
                _owed.Enqueue(record);
                return;
            }
        }

        // Its intents stay open and are settled at the reserved amount once this process has ended.
        _health.OnDropped();
    }

    /// <summary>Refuses new records, commits the queued ones, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.PulseAll(_gate);
        }

        // A store that hangs must not keep the process: its callers are told by the guard, the thread is a background one.
        var patience = Task.Delay(_options.StallLimit * 2, _time, CancellationToken.None);
        await Task.WhenAny(_stopped.Task, patience).ConfigureAwait(false);
        await _guard.DisposeAsync().ConfigureAwait(false);
        await _upkeep.DisposeAsync().ConfigureAwait(false);
    }

    private ValueTask EnqueueAsync(LedgerStep step)
    {
        var settlement = _pool.Rent();
        var wait = settlement.Start(step);
        string refusal;
        lock (_gate)
        {
            if (!_closing && !_stalled && _queue.Count < _options.QueueCapacity)
            {
                _queue.Enqueue(new(step, settlement));
                if (_waiting || _lingering)
                {
                    _lingering = false;
                    Monitor.Pulse(_gate);
                }

                return wait;
            }

            refusal =
                _closing ? "The ledger is closed."
                : _stalled ? StallMessage
                : $"The ledger's queue is full ({_options.QueueCapacity} records wait).";
        }

        _health.OnRefused(1);
        settlement.Complete(new LedgerUnavailableException(refusal));
        return wait;
    }

    /// <summary>Leaves a settlement in the queue without waiting for it; false when the queue is full or closed.</summary>
    private bool TryLeave(LedgerRecord record)
    {
        lock (_gate)
        {
            if (_closing || _queue.Count >= _options.QueueCapacity)
            {
                return false;
            }

            _queue.Enqueue(new(record, Waiting: null));
            if (_waiting)
            {
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    private string StallMessage =>
        $"The ledger store has not answered for {_options.StallLimit.TotalSeconds:0.#} s; whether the batch is recorded is unknown.";
}
