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
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private readonly LedgerInsert _rows;
    private readonly TimeProvider _time;
    private readonly List<RawStatement> _all = [];
    private readonly RawStatement _find;
    private readonly RawStatement _make;
    private readonly RawStatement _reserve;
    private readonly RawStatement _move;
    private readonly RawStatement _intent;
    private readonly RawStatement _held;
    private readonly RawStatement _end;
    private readonly RawStatement _close;
    private readonly RawStatement _changed;
    private readonly RawStatement _join;
    private readonly RawStatement _leave;
    private readonly RawStatement _instances;
    private readonly RawStatement _left;
    private readonly RawStatement _bury;
    private readonly List<(AccountId Account, AccountBalance Balance, Usd? SoftLimit)> _news = [];
    private DateTimeOffset _refreshed;
    private bool _joined;

    public LedgerAccounts(sqlite3 handle, LedgerInsert rows, TimeProvider time)
    {
        _rows = rows;
        _time = time;
        _find = Prepare(
            "SELECT seq, settled_pusd, reserved_pusd FROM accounts WHERE budget = ? AND spender = ? AND period = ? AND start_us = ?"
        );
        _make = Prepare(
            """
            INSERT INTO accounts (budget, spender, period, start_us, settled_pusd, reserved_pusd, updated_us, scope)
            VALUES (?, ?, ?, ?, 0, 0, ?, ?) RETURNING seq
            """
        );
        // The limit stands in the statement as well, so that no mistake above it can break it.
        _reserve = Prepare(
            """
            UPDATE accounts SET reserved_pusd = reserved_pusd + ?1, updated_us = ?2
            WHERE seq = ?3 AND (?4 IS NULL OR settled_pusd + reserved_pusd + ?1 <= ?4) RETURNING settled_pusd, reserved_pusd
            """
        );
        _move = Prepare(
            """
            UPDATE accounts SET reserved_pusd = reserved_pusd - ?, settled_pusd = settled_pusd + ?, updated_us = ?
            WHERE seq = ? RETURNING budget, spender, period, start_us, settled_pusd, reserved_pusd
            """
        );
        _intent = Prepare(
            """
            INSERT INTO intents (request, number, instance, at_us, key_id, route, requested_model, run, stream, node, cause,
              model, deployment, price, reserved_pusd, accounts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        );
        _held = Prepare("SELECT reserved_pusd, accounts FROM intents WHERE request = ? AND number = ? AND done = 0");
        _end = Prepare(
            "UPDATE intents SET done = 1, reserved_pusd = ?, accounts = '' WHERE request = ? AND number = ?"
        );
        _close = Prepare("DELETE FROM intents WHERE request = ? RETURNING number, reserved_pusd, accounts");
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

        var sequences = new long[shares.Length];
        if (intent.Bound is { } bound)
        {
            var balances = new AccountBalance[shares.Length];
            for (var i = 0; i < sequences.Length; i++)
            {
                (sequences[i], balances[i]) = Find(AccountId.At(shares[i], intent.At), shares[i].Budget.Scope);
            }

            step.Outcome = BudgetRule.Decide(bound, shares.AsSpan(), balances, intent.At);
            if (step.Outcome.Refusal is not null)
            {
                return;
            }

            for (var i = 0; i < sequences.Length; i++)
            {
                Reserve(sequences[i], shares[i], intent, step.Outcome.Amount!.Value);
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

        Write(intent, instance, step.Outcome, sequences);
    }

    /// <summary>Closes every intent of a finished request: what was reserved becomes what was spent.</summary>
    public void Settle(LedgerRecord record)
    {
        if (!record.HasIntents)
        {
            return;
        }

        // Collected first: the statement must end before another writes to what it reads.
        List<(int Number, Usd Reserved, string Accounts)>? open = null;
        _close.Bind(record.Request.Id.Value);
        while (_close.Step())
        {
            var accounts = _close.Text(2);
            if (accounts.Length > 0)
            {
                (open ??= []).Add(((int)_close.Long(0), new(_close.Long(1)), accounts));
            }
        }

        foreach (var (number, reserved, accounts) in open ?? [])
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

    /// <summary>Tells the balances that the committed transaction changed.</summary>
    public void Tell(BudgetBook? book)
    {
        foreach (var (account, balance, softLimit) in _news)
        {
            book?.Note(account, balance, softLimit);
        }

        _news.Clear();
    }

    /// <summary>Tells balances that changed since the last time, whoever changed them.</summary>
    public void Refresh(BudgetBook book, bool all)
    {
        var now = _time.GetUtcNow();
        _changed.Bind(all ? 0 : Microseconds.From(_refreshed - Overlap));
        while (_changed.Step())
        {
            book.Note(Account(_changed), new(new(_changed.Long(4)), new(_changed.Long(5))));
        }

        _refreshed = now;
    }

    /// <summary>After a transaction that failed.</summary>
    public void Reset()
    {
        _joined = false;
        _news.Clear();
        foreach (var statement in _all)
        {
            statement.Reset();
        }
    }

    public void Dispose()
    {
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

    private (long Sequence, AccountBalance Balance) Find(in AccountId account, BudgetScope scope)
    {
        Bind(_find, account);
        if (_find.Step())
        {
            var found = (_find.Long(0), new AccountBalance(new(_find.Long(1)), new(_find.Long(2))));
            _find.Reset();
            return found;
        }

        Bind(_make, account).Bind(Now).Bind(scope.ToString());
        _make.Step();
        var made = _make.Long(0);
        _make.Reset();
        return (made, default);
    }

    private void Reserve(long sequence, in BudgetShare share, CallIntent intent, Usd amount)
    {
        _reserve
            .Bind(amount.PicoDollars)
            .Bind(Now)
            .Bind(sequence)
            .Bind(share.Budget.Hard ? share.Budget.Limit.PicoDollars : (long?)null);
        if (!_reserve.Step())
        {
            throw new InvalidOperationException($"Budget '{share.Budget.Name}' would be overspent.");
        }

        var balance = new AccountBalance(new(_reserve.Long(0)), new(_reserve.Long(1)));
        _news.Add((AccountId.At(share, intent.At), balance, share.Budget.Hard ? null : share.Budget.Limit));
        _reserve.Reset();
    }

    private void Write(CallIntent intent, string instance, Reservation outcome, long[] sequences)
    {
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
            .Bind(outcome.Amount is null ? "" : string.Join(' ', sequences))
            .Run();
    }

    private void End(RequestId request, in EndedCall ended)
    {
        _held.Bind(request.Value).Bind(ended.Number);
        if (!_held.Step())
        {
            return;
        }

        var (reserved, accounts) = (_held.LongOrNull(0), _held.Text(1));
        _held.Reset();
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

            _move.Bind(reserved.PicoDollars).Bind(cost.PicoDollars).Bind(Now).Bind(sequence);
            if (_move.Step())
            {
                _news.Add((Account(_move), new(new(_move.Long(4)), new(_move.Long(5))), null));
                _move.Reset();
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

    private static AccountId Account(RawStatement row) =>
        new(
            row.Text(0),
            row.Text(1),
            Enum.TryParse<BudgetWindow>(row.Text(2), out var window) ? window : BudgetWindow.Total,
            Microseconds.Read(row.Long(3))
        );

    private static RawStatement Bind(RawStatement statement, in AccountId account) =>
        statement
            .Bind(account.Budget)
            .Bind(account.Spender)
            .Bind(account.Window.ToString())
            .Bind(Microseconds.From(account.Start));
}
