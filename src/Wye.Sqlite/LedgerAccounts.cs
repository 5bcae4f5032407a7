using System.Globalization;
using SQLitePCL;
using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Primitives;

namespace Wye.Sqlite;

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
    private readonly RawStatement _intent;
    private readonly RawStatement _reserved;
    private readonly RawStatement _end;
    private readonly RawStatement _close;
    private readonly RawStatement _closeKnown;
    private readonly RawStatement _changed;
    private readonly RawStatement _join;
    private readonly RawStatement _leave;
    private readonly RawStatement _instances;
    private readonly RawStatement _left;
    private readonly RawStatement _bury;
    private readonly List<OpenIntent> _open = [];

    // Intents of this connection that are open and alone in their request: most, and these need not be read back. Whatever is
    // not here is read from the file.
    private readonly Dictionary<RequestId, OpenIntent> _held = [];
    private DateTimeOffset _refreshed;
    private bool _joined;

    public LedgerAccounts(sqlite3 handle, LedgerInsert rows, TimeProvider time)
    {
        _rows = rows;
        _time = time;
        _sheet = new(handle, time);
        _intent = Prepare(
            """
            INSERT INTO intents (request, number, instance, at_us, key_id, route, requested_model, run, stream, node, cause,
              model, deployment, price, reserved_pusd, accounts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        );
        _reserved = Prepare(
            "SELECT reserved_pusd, accounts FROM intents WHERE request = ? AND number = ? AND done = 0"
        );
        _end = Prepare(
            "UPDATE intents SET done = 1, reserved_pusd = ?, accounts = '' WHERE request = ? AND number = ?"
        );
        _close = Prepare("DELETE FROM intents WHERE request = ? RETURNING number, reserved_pusd, accounts");
        _closeKnown = Prepare("DELETE FROM intents WHERE request = ? AND number = ?");
        _changed = Prepare(
            $"""
            SELECT budget, spender, period, start_us, settled_pusd, reserved_pusd FROM accounts
            WHERE updated_us >= ? ORDER BY seq DESC LIMIT {MostTold}
            """
        );
        _join = Prepare("INSERT OR IGNORE INTO instances (id, started_us) VALUES (?, ?)");
        _leave = Prepare("DELETE FROM instances WHERE id = ?");
        _instances = Prepare("SELECT id FROM instances");
        _left = Prepare(
            """
            SELECT request, number, at_us, key_id, route, requested_model, run, stream, node, cause, model, deployment, price,
              reserved_pusd, accounts, done FROM intents WHERE instance = ? ORDER BY request, number
            """
        );
        _bury = Prepare("DELETE FROM intents WHERE instance = ?");

        RawStatement Prepare(string sql)
        {
            var statement = new RawStatement(handle, sql);
            _all.Add(statement);
            return statement;
        }
    }

    /// <summary>Decides an opening, takes its reservation and writes its intent.</summary>
    public void Open(OpeningStep step, string instance)
    {
        var (intent, shares) = (step.Intent, step.Shares);
        Join(instance);
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

        Write(intent, instance, step.Outcome, lines);
    }

    /// <summary>Closes every intent of a finished request: what was reserved becomes what was spent.</summary>
    public void Settle(LedgerRecord record)
    {
        if (!record.HasIntents)
        {
            return;
        }

        if (_held.Remove(record.Request.Id, out var known))
        {
            _closeKnown.Bind(record.Request.Id.Value).Bind(known.Number).Run();
            Move(known.Accounts, known.Reserved, CostOf(record, known.Number));
            return;
        }

        // Collected first: the statement must end before another writes to what it reads.
        _open.Clear();
        _close.Bind(record.Request.Id.Value);
        while (_close.Step())
        {
            var accounts = _close.Text(2);
            if (accounts.Length > 0)
            {
                _open.Add(new((int)_close.Long(0), new(_close.Long(1)), accounts));
            }
        }

        foreach (var (number, reserved, accounts) in _open)
        {
            Move(accounts, reserved, CostOf(record, number));
        }
    }

    /// <summary>Settles the open intents of a process that died: at what was reserved, flagged.</summary>
    public void Bury(string instance)
    {
        var open = new List<OrphanedIntent>();
        _left.Bind(instance);
        while (_left.Step())
        {
            open.Add(OrphanedIntent.Read(_left));
        }

        foreach (var request in open.GroupBy(intent => intent.Request))
        {
            _rows.Write(OrphanedIntent.Settle([.. request]));
        }

        foreach (var intent in open.Where(intent => !intent.Done && intent.Accounts.Length > 0))
        {
            Move(intent.Accounts, intent.Reserved!.Value, intent.Reserved.Value);
        }

        _bury.Bind(instance).Run();
        _leave.Bind(instance).Run();
    }

    /// <summary>Rewrites this process's own row.</summary>
    public void Touch(string instance)
    {
        Leave(instance);
        Join(instance);
    }

    private void Leave(string instance)
    {
        _joined = false;
        _leave.Bind(instance).Run();
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

    /// <summary>Writes the balances that changed; the last thing before the commit.</summary>
    public void WriteBalances() => _sheet.Write();

    /// <summary>After the commit: tells the balances that changed.</summary>
    public void Tell(BudgetBook? book) => _sheet.Close(book);

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
        _held.Clear();
        _sheet.Forget();
        foreach (var statement in _all)
        {
            statement.Reset();
        }
    }

    public void Dispose()
    {
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

    private long Now => Microseconds.From(_time.GetUtcNow());

    private void Write(CallIntent intent, string instance, Reservation outcome, AccountSheet.Line[] lines)
    {
        var accounts = outcome.Amount is null ? "" : Numbers(lines);
        _rows.Keep(intent.Price, intent.At);
        _intent
            .Bind(intent.Request.Value)
            .Bind(intent.Number)
            .Bind(instance)
            .Bind(Microseconds.From(intent.At))
            .Bind(intent.Key.Value)
            .Bind(intent.Route.Value)
            .Bind(intent.RequestedModel)
            .Bind(intent.Run)
            .Bind(intent.Stream)
            .Bind(intent.Node)
            .Bind(intent.Cause)
            .Bind(intent.Model.Value)
            .Bind(intent.Deployment.Value)
            .Bind(intent.Price?.Version)
            .Bind(outcome.Amount?.PicoDollars)
            .Bind(accounts)
            .Run();
        Hold(intent, new OpenIntent(intent.Number, outcome.Amount ?? Usd.Zero, accounts));
    }

    private void Hold(CallIntent intent, OpenIntent open)
    {
        if (intent.Number != 1)
        {
            // The request has other rows.
            _held.Remove(intent.Request);
            return;
        }

        if (_held.Count >= MostHeld)
        {
            _held.Clear();
        }

        _held[intent.Request] = open;
    }

    private void End(RequestId request, in EndedCall ended)
    {
        _held.Remove(request);
        _reserved.Bind(request.Value).Bind(ended.Number);
        if (!_reserved.Step())
        {
            return;
        }

        var (reserved, accounts) = (_reserved.LongOrNull(0), _reserved.Text(1));
        _reserved.Reset();
        if (reserved is { } amount)
        {
            Move(accounts, new(amount), ended.Cost);
        }

        _end.Bind(ended.Cost.PicoDollars).Bind(request.Value).Bind(ended.Number).Run();
    }

    private void Move(string accounts, Usd reserved, Usd cost)
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

    private static string Numbers(AccountSheet.Line[] lines)
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

    private readonly record struct OpenIntent(int Number, Usd Reserved, string Accounts);
}
