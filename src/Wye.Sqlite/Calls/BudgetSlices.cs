using System.Globalization;
using System.Text;
using SQLitePCL;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Sqlite.Statements;

namespace Wye.Sqlite.Calls;

/// <summary>
/// The slices of budgets that this process holds in advance, as the file knows them: all that a process holds of an account, for
/// calls of <see cref="QuickOpenings"/> and free, is part of what is reserved there and stands beside the process's name. So whoever
/// settles what a dead process left knows what of it no call held. Used by one thread at a time, inside a transaction.
/// </summary>
internal sealed class BudgetSlices : IDisposable
{
    // All stand in one text that transactions rewrite.
    private const int Most = 64;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    private readonly QuickOpenings _quick;
    private readonly AccountSheet _sheet;
    private readonly TimeProvider _time;
    private readonly RawStatement _read;
    private readonly RawStatement _write;
    private readonly Dictionary<long, BudgetSlice> _slices = [];
    private readonly List<BudgetSlice> _touched = [];
    private readonly StringBuilder _text = new();

    public BudgetSlices(sqlite3 handle, QuickOpenings quick, AccountSheet sheet, TimeProvider time)
    {
        (_quick, _sheet, _time) = (quick, sheet, time);
        _read = new(handle, "SELECT slices FROM instances WHERE id = ?");
        _write = new(handle, "UPDATE instances SET slices = ? WHERE id = ?");
    }

    /// <summary>Forgets those that hold nothing and that no call has asked for lately.</summary>
    /// <returns>Whether others hold something for such calls.</returns>
    public bool ForgetIdle()
    {
        var some = false;
        foreach (var slice in _slices.Values)
        {
            if (!IsIdle(slice))
            {
                continue;
            }

            if (slice.Held == Usd.Zero)
            {
                // Removing while walking is fine with this dictionary.
                Forget(slice);
            }

            some |= _quick.FreeOf(slice) > Usd.Zero;
        }

        return some;
    }

    /// <summary>
    /// After a failure, or at first: what is held for no call is given back. <paramref name="open"/> are the calls in
    /// slots.
    /// </summary>
    public void Restore(string instance, IReadOnlyList<OrphanedIntent> open)
    {
        foreach (var (line, calls) in Bury(instance, open))
        {
            var slice = Add(line);
            slice.Held = calls;
            Touch(slice);
        }
    }

    /// <summary>Gives back what a process that is dead, or knows nothing any more, held for no call.</summary>
    /// <returns>The accounts it held something of, and what of that its calls hold.</returns>
    public List<(AccountSheet.Line Line, Usd Calls)> Bury(string instance, IReadOnlyList<OrphanedIntent> open)
    {
        var left = new List<(AccountSheet.Line, Usd)>();
        foreach (var (account, held) in Read(instance, open))
        {
            if (_sheet.Of(account) is { } line)
            {
                _sheet.Hold(line, held.Calls - held.All);
                left.Add((line, held.Calls));
            }
        }

        return left;
    }

    /// <summary>A call was committed: there may be more like it.</summary>
    public void Want(AccountSheet.Line line, in BudgetShare share, Usd amount)
    {
        if (!_quick.IsInUse)
        {
            return;
        }

        if (!_slices.TryGetValue(line.Sequence, out var slice))
        {
            if (_slices.Count >= Most)
            {
                return;
            }

            slice = Add(line);
        }

        if (slice.Limit != share.Budget.Limit)
        {
            // What is free was measured by another limit.
            Give(slice, line, _quick.Trim(slice, Usd.Zero));
            slice.Limit = share.Budget.Limit;
        }

        // One call alone, of a user or a run, is worth no slice.
        slice.Amount = slice.IsWanted ? amount : Usd.Zero;
        slice.IsWanted = true;
        slice.UsedAt = _time.GetTimestamp();
        Touch(slice);
    }

    /// <summary>Gives back what is free of an account whose limit leaves too little else.</summary>
    public void Yield(AccountSheet.Line line)
    {
        if (_slices.TryGetValue(line.Sequence, out var slice))
        {
            Give(slice, line, _quick.Trim(slice, Usd.Zero));
            Touch(slice);
        }
    }

    /// <summary>Gives back what nobody has asked for lately.</summary>
    public void YieldIdle()
    {
        foreach (var slice in _slices.Values.Where(IsIdle).ToList())
        {
            if (_sheet.Of(slice.Account) is { } line)
            {
                slice.IsWanted = false;
                slice.Amount = Usd.Zero;
                Yield(line);
            }
        }
    }

    /// <summary>A call in a slot has ended: what was held for it was taken out of the account.</summary>
    public void Release(long account, Usd amount)
    {
        if (_slices.TryGetValue(account, out var slice))
        {
            slice.Held -= amount;
            Touch(slice);
        }
    }

    /// <summary>Takes or gives back what slices want or have too much of, and notes what is held; before the accounts are written.</summary>
    public void Write(Func<string> instance)
    {
        if (_touched.Count == 0)
        {
            return;
        }

        foreach (var slice in _touched)
        {
            if (_sheet.Of(slice.Account) is { } line)
            {
                Balance(slice, line);
            }
        }

        _text.Clear();
        foreach (var slice in _slices.Values)
        {
            if (slice.Held > Usd.Zero)
            {
                _text.Append(CultureInfo.InvariantCulture, $"{slice.Account}:{slice.Held.PicoDollars} ");
            }
        }

        _write.Bind(_text.ToString()).Bind(instance()).Run();
    }

    /// <summary>After the commit.</summary>
    /// <param name="closed">Calls in slots whose request was recorded.</param>
    /// <param name="isEntered">Whether the file knows this process, so that another would settle what it leaves.</param>
    public void Close(List<(RequestId Request, int Slot)> closed, bool isEntered)
    {
        _quick.Prove(_touched, closed, isEntered);
        foreach (var slice in _touched)
        {
            slice.IsTouched = false;
            if (slice is { IsWanted: false, Held.PicoDollars: 0 })
            {
                Forget(slice);
            }
        }

        _touched.Clear();
    }

    /// <summary>After a transaction that failed: the file says what is held.</summary>
    public void Reset()
    {
        _quick.Doubt();
        _slices.Clear();
        _touched.Clear();
        _read.Reset();
        _write.Reset();
    }

    public void Dispose()
    {
        _read.Dispose();
        _write.Dispose();
    }

    private void Balance(BudgetSlice slice, AccountSheet.Line line)
    {
        var free = _quick.FreeOf(slice);
        var target = slice.Target(line.Balance.Left(slice.Limit) + free);
        if (free.PicoDollars < target.PicoDollars / 2)
        {
            slice.Granted = target - free;
            slice.Held += slice.Granted;
            _sheet.Hold(line, slice.Granted);
        }
        else if (free.PicoDollars / 2 >= target.PicoDollars)
        {
            Give(slice, line, _quick.Trim(slice, target));
        }
    }

    private BudgetSlice Add(AccountSheet.Line line)
    {
        var slice = new BudgetSlice(line.Sequence, line.Id);
        _slices[line.Sequence] = slice;
        _quick.Offer(slice);
        return slice;
    }

    private void Forget(BudgetSlice slice)
    {
        _slices.Remove(slice.Account);
        _quick.Withdraw(slice);
    }

    private bool IsIdle(BudgetSlice slice) => slice.IsWanted && _time.GetElapsedTime(slice.UsedAt) >= Idle;

    private void Touch(BudgetSlice slice)
    {
        if (!slice.IsTouched)
        {
            slice.IsTouched = true;
            _touched.Add(slice);
        }
    }

    /// <summary>What a process holds per account, and what of it its open calls hold.</summary>
    private Dictionary<long, (Usd All, Usd Calls)> Read(string instance, IReadOnlyList<OrphanedIntent> open)
    {
        var held = new Dictionary<long, (Usd All, Usd Calls)>();
        _read.Bind(instance);
        var text = _read.Step() ? _read.Text(0) : "";
        _read.Reset();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            held[Number(part[..colon])] = (new Usd(Number(part[(colon + 1)..])), Usd.Zero);
        }

        foreach (var call in open)
        {
            foreach (var account in call.Accounts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number))
            {
                var (all, calls) = held.GetValueOrDefault(account);
                held[account] = (all, calls + call.Reserved!.Value);
            }
        }

        return held;

        static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }

    private void Give(BudgetSlice slice, AccountSheet.Line line, Usd amount)
    {
        slice.Held -= amount;
        _sheet.Hold(line, Usd.Zero - amount);
    }
}
