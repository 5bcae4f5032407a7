using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Primitives;

namespace Wye.Sqlite.Calls;

/// <summary>
/// Opens calls without a transaction, and keeps what became of them until there is one: what a call may cost is taken from slices of
/// budgets that earlier transactions reserved; its intent, and then the record of its request, go to a file of this process.
/// Only as long as the store has just proven that it can be written. Thread-safe; one thread at a time, the ledger's, calls
/// all but <see cref="TryOpen"/>, <see cref="TryKeep"/>, <see cref="Kept"/> and <see cref="CommittedAsync"/>.
/// </summary>
/// <param name="time">Clock of the proof.</param>
internal sealed class QuickOpenings(TimeProvider time) : IDisposable
{
    // So long after a commit the store is taken to be writable. A gateway that idles has its next call committed.
    private static readonly TimeSpan Proof = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<AccountId, BudgetSlice> _slices = [];
    private readonly List<OpenedCall> _opened = [];
    private readonly List<BudgetSlice> _taken = [];
    private readonly Dictionary<RequestId, OpenRequest> _requests = [];
    private BudgetSlice[] _lastSlices = [];
    private string _lastAccounts = "";
    private TaskCompletionSource? _committed;
    private CallFile? _file;
    private long? _provenAt;

    /// <summary>Whether any call can be opened here.</summary>
    public bool IsInUse
    {
        get
        {
            lock (_gate)
            {
                return _file is not null;
            }
        }
    }

    /// <summary>Opens a call if that can be done at once, and says so; else it must be committed.</summary>
    public bool TryOpen(OpeningStep step)
    {
        if (step.Intent.Bound is not { } bound || !step.Ended.IsEmpty)
        {
            return false;
        }

        var amount = bound.Whole;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (!IsProven(now))
            {
                return false;
            }

            if (!Take(step, amount, now) || Write(step.Intent, amount) is not { } call)
            {
                foreach (var slice in _taken)
                {
                    slice.Free += amount;
                }

                return false;
            }

            _opened.Add(call);
            _requests.TryAdd(step.Intent.Request, new(call.Slot, Record: null));
        }

        step.Outcome = new Reservation { Amount = amount };
        return true;
    }

    /// <summary>
    /// Keeps the record of a finished request until a transaction takes it, if one of its calls was opened here; else, it must be
    /// committed at once.
    /// </summary>
    public bool TryKeep(LedgerRecord record)
    {
        var request = record.Request.Id;
        lock (_gate)
        {
            ref var open = ref CollectionsMarshal.GetValueRefOrNullRef(_requests, request);
            if (Unsafe.IsNullRef(ref open) || open.Record is not null)
            {
                return false;
            }

            if (IsProven(time.GetTimestamp()) && _file!.TryKeep(open.Slot, record))
            {
                open = open with { Record = record };
                return true;
            }

            // However it is recorded, its slot will be another call's.
            _requests.Remove(request);
            return false;
        }
    }

    /// <summary>The record of a request, if it is kept here.</summary>
    public LedgerRecord? Kept(RequestId request)
    {
        lock (_gate)
        {
            return _requests.GetValueOrDefault(request).Record;
        }
    }

    /// <summary>
    /// Waits until a transaction has taken what is kept now, so that a reader finds it; but for no store that fails.
    /// </summary>
    public async Task CommittedAsync(CancellationToken cancellationToken)
    {
        RequestId[] left;
        lock (_gate)
        {
            left = [.. _requests.Where(request => request.Value.Record is not null).Select(request => request.Key)];
        }

        while (left.Length > 0)
        {
            Task committed;
            lock (_gate)
            {
                left = [.. left.Where(_requests.ContainsKey)];
                committed = (_committed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            if (left.Length > 0)
            {
                try
                {
                    await committed.WaitAsync(MostWait, time, cancellationToken);
                }
                catch (TimeoutException)
                {
                    return;
                }
            }
        }
    }

    /// <summary>From now on calls may be opened; if their file cannot be made, each is committed.</summary>
    public void Start(string database, string instance)
    {
        try
        {
            var file = CallFile.Create(database, instance);
            lock (_gate)
            {
                _file = file;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The transaction will say what is wrong with the disk.
        }
    }

    /// <summary>Lets calls spend from a slice.</summary>
    public void Offer(BudgetSlice slice)
    {
        lock (_gate)
        {
            _slices[slice.Id] = slice;
        }
    }

    /// <summary>Takes a slice that holds nothing any more out of use.</summary>
    public void Withdraw(BudgetSlice slice)
    {
        lock (_gate)
        {
            _slices.Remove(slice.Id);
            ForgetLast();
        }
    }

    /// <summary>Takes what is free of a slice beyond an amount.</summary>
    public Usd Trim(BudgetSlice slice, Usd most)
    {
        lock (_gate)
        {
            var over = slice.Free - most;
            if (over <= Usd.Zero)
            {
                return Usd.Zero;
            }

            slice.Free = most;
            return over;
        }
    }

    /// <summary>What of a slice no call holds.</summary>
    public Usd FreeOf(BudgetSlice slice)
    {
        lock (_gate)
        {
            return slice.Free;
        }
    }

    /// <summary>Takes what was opened since the last time, oldest first.</summary>
    public void Drain(List<OpenedCall> opened)
    {
        lock (_gate)
        {
            opened.AddRange(_opened);
            _opened.Clear();
        }
    }

    /// <summary>A transaction was committed.</summary>
    /// <param name="granted">Slices that it may have added to.</param>
    /// <param name="closed">Calls in slots whose request it recorded.</param>
    /// <param name="isEntered">Whether the store knows this process, so that another would settle what it leaves.</param>
    public void Prove(List<BudgetSlice> granted, List<(RequestId Request, int Slot)> closed, bool isEntered)
    {
        lock (_gate)
        {
            _provenAt = isEntered ? time.GetTimestamp() : null;
            foreach (var slice in granted)
            {
                slice.Free += slice.Granted;
                slice.Granted = Usd.Zero;
            }

            foreach (var (request, slot) in closed)
            {
                _requests.Remove(request);
                _file?.Free(slot);
            }

            _committed?.SetResult();
            _committed = null;
        }
    }

    /// <summary>A transaction failed: nothing is opened here until another one is committed, and what slices held is unknown.</summary>
    public void Doubt()
    {
        lock (_gate)
        {
            _provenAt = null;
            _slices.Clear();
            ForgetLast();
        }
    }

    /// <summary>After <see cref="Doubt"/>, or at first: the calls whose requests are not recorded keep their slots.</summary>
    public void Restore(IReadOnlySet<int> slots)
    {
        lock (_gate)
        {
            // They are among those slots.
            _opened.Clear();
            foreach (var (request, open) in _requests)
            {
                if (open.Record is null && !slots.Contains(open.Slot))
                {
                    _requests.Remove(request);
                }
            }

            _file?.FreeAllBut(slots);
        }
    }

    /// <summary>Clears what stands in free slots, before retention deletes the requests.</summary>
    public void ClearFree()
    {
        lock (_gate)
        {
            _file?.ClearFree();
        }
    }

    /// <summary>Closes the file, which stays.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _provenAt = null;
            _file?.Dispose();
            _file = null;
        }
    }

    private void ForgetLast() => (_lastSlices, _lastAccounts) = ([], "");

    private bool IsProven(long now) =>
        _file is not null && _provenAt is { } proven && time.GetElapsedTime(proven, now) <= Proof;

    /// <summary>Takes the amount from every slice that applies, which then stand in <see cref="_taken"/>.</summary>
    private bool Take(OpeningStep step, Usd amount, long now)
    {
        _taken.Clear();
        foreach (var share in step.Shares)
        {
            if (
                !_slices.TryGetValue(AccountId.At(share, step.Intent.At), out var slice)
                || slice.Limit != share.Budget.Limit
                || slice.Free < amount
            )
            {
                return false;
            }

            slice.Free -= amount;
            slice.UsedAt = now;
            _taken.Add(slice);
        }

        return true;
    }

    private OpenedCall? Write(CallIntent intent, Usd amount)
    {
        // Mostly the accounts of the call before.
        if (!CollectionsMarshal.AsSpan(_taken).SequenceEqual(_lastSlices))
        {
            _lastSlices = [.. _taken];
            _lastAccounts = string.Join(' ', _taken.Select(slice => slice.Account));
        }

        return _file!.TryOpen(intent, amount, _lastAccounts) is { } slot
            ? new(intent, amount, _lastAccounts, slot)
            : null;
    }

    /// <summary>A request whose calls were opened here.</summary>
    /// <param name="Slot">The slot of the first of them.</param>
    /// <param name="Record">What became of it, kept until a transaction takes it; null = it is under way.</param>
    private readonly record struct OpenRequest(int Slot, LedgerRecord? Record);
}
