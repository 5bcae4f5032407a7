using System.Globalization;
using SQLitePCL;
using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Sqlite.Statements;
using Wye.Sqlite.Tables;

namespace Wye.Sqlite.Calls;

/// <summary>Intents and accounts: what is held for calls that run. Used by one thread at a time, inside a transaction.</summary>
internal sealed class LedgerAccounts : IDisposable
{
    private const int MostTold = 100_000;
    private const int MostHeld = 100_000;
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private readonly LedgerInsert _rows;
    private readonly TimeProvider _time;
    private readonly List<RawStatement> _all = [];
    private readonly AccountSheet _sheet;
    private readonly RawStatement _changed;
    private readonly RawStatement _join;
    private readonly RawStatement _leave;
    private readonly RawStatement _instances;
    private readonly RawStatement _touch;
    private readonly OpenCalls _calls;
    private readonly QuickOpenings _quick;
    private readonly BudgetSlices _slices;
    private readonly List<OpenCall> _holding = [];
    private readonly List<OpenedCall> _opened = [];
    private AccountSheet.Line[] _lastLines = [];
    private string _lastNumbers = "";
    private DateTimeOffset _refreshed;
    private bool _joined;

    public LedgerAccounts(sqlite3 handle, string database, LedgerInsert rows, QuickOpenings quick, TimeProvider time)
    {
        _rows = rows;
        _time = time;
        _quick = quick;
        _sheet = new(handle, time);
        _slices = new(handle, quick, _sheet, time);
        _calls = new(handle, database);
        _changed = Prepare(
            $"""
            SELECT budget, spender, period, start_us, settled_pusd, reserved_pusd FROM accounts
            WHERE updated_us >= ? ORDER BY seq DESC LIMIT {MostTold}
            """
        );
        _join = Prepare("INSERT OR IGNORE INTO instances (id, started_us) VALUES (?, ?)");
        _touch = Prepare("UPDATE instances SET started_us = started_us WHERE id = ?");
        _leave = Prepare("DELETE FROM instances WHERE id = ?");
        _instances = Prepare("SELECT id FROM instances");
        RawStatement Prepare(string sql)
        {
            var statement = new RawStatement(handle, sql);
            _all.Add(statement);
            return statement;
        }
    }

    /// <summary>Others may have written since the last transaction.</summary>
    public void Expire() => _sheet.Expire();

    /// <summary>Forgets slices of budgets that hold nothing and that no call has asked for lately.</summary>
    /// <returns>Whether others hold something for such calls.</returns>
    public bool ForgetIdleSlices() => _slices.ForgetIdle();

    /// <summary>Notes what was opened since the last transaction; before anything that may close it.</summary>
    public void TakeOpened(Func<string> instance)
    {
        _quick.Drain(_opened);
        if (_opened.Count == 0)
        {
            return;
        }

        var isNew = _calls.IsLoaded;
        Enter(instance());
        foreach (var call in _opened)
        {
            _rows.Keep(call.Intent.Price, call.Intent.At);
            if (isNew)
            {
                _calls.Add(call);
            }
        }

        _opened.Clear();
    }

    /// <summary>Gives back what is held in advance and no call has asked for lately.</summary>
    public void ReturnIdleSlices() => _slices.YieldIdle();

    /// <summary>Decides an opening, takes its reservation and writes its intent.</summary>
    public void Open(OpeningStep step, string instance)
    {
        var (intent, shares) = (step.Intent, step.Shares);
        Enter(instance);
        foreach (var ended in step.Ended)
        {
            End(intent.Request, ended);
        }

        var lines = shares.IsEmpty ? [] : new AccountSheet.Line[shares.Length];
        if (intent.Bound is { } bound)
        {
            var balances = shares.IsEmpty ? [] : new AccountBalance[shares.Length];
            for (var i = 0; i < lines.Length; i++)
            {
                lines[i] = _sheet.Of(AccountId.At(shares[i], intent.At), shares[i].Budget.Scope);
                if (lines[i].Balance.Left(shares[i].Budget.Limit) < bound.Whole)
                {
                    _slices.Yield(lines[i]);
                }

                balances[i] = lines[i].Balance;
            }

            step.Outcome = BudgetRule.Decide(bound, shares.AsSpan(), balances, intent.At);
            if (step.Outcome.Refusal is not null)
            {
                return;
            }

            for (var i = 0; i < lines.Length; i++)
            {
                _sheet.Reserve(lines[i], step.Outcome.Amount!.Value, shares[i]);
                _slices.Want(lines[i], shares[i], bound.Whole);
            }
        }
        else
        {
            step.Outcome = shares.Any(share => share.Budget.Hard)
                ? throw new ArgumentException(
                    $"'{intent.Deployment}' has no price, but a budget applies to it.",
                    nameof(step)
                )
                : new Reservation();
        }

        var amount = step.Outcome.Amount;
        _rows.Keep(intent.Price, intent.At);
        _calls.Add(intent, amount, amount is null ? "" : Numbers(lines));
    }

    /// <summary>Closes the calls of a finished request: what was reserved becomes what was spent.</summary>
    public void Settle(LedgerRecord record, Func<string> instance)
    {
        if (!record.HasIntents)
        {
            return;
        }

        Enter(instance());
        _holding.Clear();
        _calls.Close(record.Request.Id, _holding);
        foreach (var call in _holding)
        {
            Move(call, CostOf(record, call.Number));
        }
    }

    /// <summary>Settles the open intents of a process that died: at what was reserved, flagged.</summary>
    public void Bury(string instance)
    {
        var open = _calls.Left(instance);
        foreach (var request in open.GroupBy(intent => intent.Request))
        {
            var record = OrphanedIntent.Settle([.. request.OrderBy(call => call.Number)]);
            _rows.Write(record);
            foreach (var call in request)
            {
                if (call.Accounts.Length > 0)
                {
                    Move(call.Accounts, call.Reserved!.Value, CostOf(record, call.Number), isSlot: false);
                }
            }
        }

        open.RemoveAll(intent => intent.Slot is null);
        _slices.Bury(instance, open);
        _calls.Bury(instance);
        _leave.Bind(instance).Run();
    }

    /// <summary>Takes what is closed out of lists that a long call keeps, and out of slots.</summary>
    public void Trim()
    {
        _calls.Trim();
        _quick.ClearFree();
    }

    /// <summary>Rewrites this process's own row.</summary>
    public void Touch(string instance)
    {
        Join(instance);
        _touch.Bind(instance).Run();
    }

    public List<string> Instances()
    {
        var ids = new List<string>();
        while (_instances.Step())
        {
            ids.Add(_instances.Text(0));
        }

        return ids;
    }

    /// <summary>Writes the balances that changed and the calls that were opened or closed; the last thing before the commit.</summary>
    /// <param name="instance">Gives the name of this process.</param>
    public void Write(Func<string> instance)
    {
        _calls.Write(instance);
        _slices.Write(instance);
        _sheet.Write();
    }

    /// <summary>After the commit: tells the balances that changed.</summary>
    public void Tell(BudgetBook? book)
    {
        _slices.Close(_calls.Closed, isEntered: _calls.IsLoaded);
        _calls.Closed.Clear();
        _sheet.Close(book);
    }

    /// <summary>Tells balances that changed since the last time, whoever changed them.</summary>
    public void Refresh(BudgetBook book, bool all)
    {
        var now = _time.GetUtcNow();
        _changed.Bind(all ? 0 : Microseconds.From(_refreshed - Overlap));
        while (_changed.Step())
        {
            book.Note(AccountSheet.IdOf(_changed, 0), new(new(_changed.Long(4)), new(_changed.Long(5))));
        }

        _refreshed = now;
    }

    /// <summary>After a transaction that failed.</summary>
    public void Reset()
    {
        _joined = false;
        _calls.Reset();
        _slices.Reset();
        // They stand in the file.
        _opened.Clear();
        _sheet.Forget();
        foreach (var statement in _all)
        {
            statement.Reset();
        }
    }

    public void Dispose()
    {
        _calls.Dispose();
        _slices.Dispose();
        _sheet.Dispose();
        foreach (var statement in _all)
        {
            statement.Dispose();
        }
    }

    private void Join(string instance)
    {
        if (!_joined)
        {
            _join.Bind(instance).Bind(Now).Run();
            _joined = true;
        }
    }

    /// <summary>This process writes as one of the file's, and knows what it has open.</summary>
    private void Enter(string instance)
    {
        Join(instance);
        if (_calls.IsLoaded)
        {
            return;
        }

        var open = _calls.Load(instance);
        _quick.Restore(open.Select(intent => intent.Slot!.Value).ToHashSet());
        _slices.Restore(instance, open);
    }

    private long Now => Microseconds.From(_time.GetUtcNow());

    private void End(RequestId request, in EndedCall ended)
    {
        if (_calls.End(request, ended) is { Accounts.Length: > 0 } call)
        {
            Move(call, ended.Cost);
        }
    }

    private void Move(in OpenCall call, Usd cost) => Move(call.Accounts, call.Reserved, cost, call.Slot is not null);

    private void Move(string accounts, Usd reserved, Usd cost, bool isSlot)
    {
        foreach (var range in accounts.AsSpan().Split(' '))
        {
            if (!long.TryParse(accounts.AsSpan(range), CultureInfo.InvariantCulture, out var sequence))
            {
                continue;
            }

            if (_sheet.Of(sequence) is { } line)
            {
                _sheet.Move(line, reserved, cost);
                if (isSlot)
                {
                    _slices.Release(sequence, reserved);
                }
            }
        }
    }

    private static Usd CostOf(LedgerRecord record, int number)
    {
        foreach (var attempt in record.Attempts)
        {
            if (attempt.Number == number)
            {
                return attempt.Cost ?? Usd.Zero;
            }
        }

        // Opened, but never called.
        return Usd.Zero;
    }

    private string Numbers(AccountSheet.Line[] lines)
    {
        // Mostly the accounts of the call before.
        if (!lines.AsSpan().SequenceEqual(_lastLines))
        {
            (_lastLines, _lastNumbers) = (lines, Join(lines));
        }

        return _lastNumbers;
    }

    private static string Join(AccountSheet.Line[] lines)
    {
        Span<char> text = stackalloc char[20 * lines.Length];
        var length = 0;
        foreach (var line in lines)
        {
            if (length > 0)
            {
                text[length++] = ' ';
            }

            line.Sequence.TryFormat(text[length..], out var written, provider: CultureInfo.InvariantCulture);
            length += written;
        }

        return new string(text[..length]);
    }
}
