using SQLitePCL;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Sqlite.Statements;

namespace Wye.Sqlite.Calls;

/// <summary>
/// The accounts that the transaction under way touches: each is read once, changed in memory, and written once before the
/// commit, however many calls of a batch spend from it. What is known holds until another connection has written.
/// Used by one thread at a time, inside a transaction that holds the lock.
/// </summary>
internal sealed class AccountSheet : IDisposable
{
    private const int MostKept = 100_000;

    private readonly TimeProvider _time;
    private readonly RawStatement _find;
    private readonly RawStatement _make;
    private readonly RawStatement _read;
    private readonly RawStatement _write;

    // Numbers and names of accounts never change, so they stay; what stands in them others may change.
    private readonly Dictionary<AccountId, Line> _byId = [];
    private readonly Dictionary<long, Line> _bySequence = [];
    private readonly List<Line> _changed = [];
    private long _readings;

    public AccountSheet(sqlite3 handle, TimeProvider time)
    {
        _time = time;
        _find = new(
            handle,
            "SELECT seq FROM accounts WHERE budget = ? AND spender = ? AND period = ? AND start_us = ?"
        );
        _make = new(
            handle,
            """
            INSERT INTO accounts (budget, spender, period, start_us, settled_pusd, reserved_pusd, updated_us, scope)
            VALUES (?, ?, ?, ?, 0, 0, ?, ?) RETURNING seq
            """
        );
        _read = new(
            handle,
            "SELECT settled_pusd, reserved_pusd, budget, spender, period, start_us FROM accounts WHERE seq = ?"
        );
        _write = new(handle, "UPDATE accounts SET settled_pusd = ?, reserved_pusd = ?, updated_us = ? WHERE seq = ?");
    }

    /// <summary>Others may have written: what is known is read anew.</summary>
    public void Expire() => _readings++;

    /// <summary>The account of that name; made when there is none.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="scope">What its budget is for: a row that is made keeps it, for closed runs are forgotten earlier.</param>
    public Line Of(in AccountId account, BudgetScope scope)
    {
        if (_byId.TryGetValue(account, out var known) && Fresh(known) is { } line)
        {
            return line;
        }

        // Not seen yet, or the row of a closed window was deleted since. Numbers are not used twice: the newest row stays.
        line = new Line(SequenceOf(account, scope), account);
        Keep(line);
        return Fresh(line)!;
    }

    /// <summary>The account of that number; null = there is none.</summary>
    public Line? Of(long sequence) =>
        _bySequence.TryGetValue(sequence, out var line) ? Fresh(line) : Fresh(new Line(sequence, id: default));

    /// <summary>Holds an amount for a call that begins.</summary>
    /// <param name="line">The account.</param>
    /// <param name="amount">What the call may cost.</param>
    /// <param name="share">Its budget: a hard one is looked at once more, so that no mistake before this can overspend it.</param>
    /// <exception cref="InvalidOperationException">The budget would be overspent.</exception>
    public void Reserve(Line line, Usd amount, in BudgetShare share)
    {
        if (share.Budget.Hard && amount > line.Balance.Left(share.Budget.Limit))
        {
            throw new InvalidOperationException($"Budget '{share.Budget.Name}' would be overspent.");
        }

        line.SoftLimit = share.Budget.Hard ? null : share.Budget.Limit;
        Hold(line, amount);
    }

    /// <summary>Holds more in advance, or less when negative.</summary>
    public void Hold(Line line, Usd amount) => Change(line, line.Balance.Settled, line.Balance.Reserved + amount);

    /// <summary>Ends what was held: it becomes what was spent.</summary>
    public void Move(Line line, Usd reserved, Usd cost) =>
        Change(line, line.Balance.Settled + cost, line.Balance.Reserved - reserved);

    /// <summary>Writes what changed; the last thing before the commit.</summary>
    public void Write()
    {
        if (_changed.Count == 0)
        {
            return;
        }

        var now = Microseconds.From(_time.GetUtcNow());
        foreach (var line in _changed)
        {
            _write
                .Bind(line.Balance.Settled.PicoDollars)
                .Bind(line.Balance.Reserved.PicoDollars)
                .Bind(now)
                .Bind(line.Sequence)
                .Run();
        }
    }

    /// <summary>After the commit: tells what changed.</summary>
    public void Close(BudgetBook? book)
    {
        foreach (var line in _changed)
        {
            line.IsChanged = false;
            book?.Note(line.Id, line.Balance, line.SoftLimit);
            line.SoftLimit = null;
        }

        _changed.Clear();
        if (_bySequence.Count > MostKept)
        {
            _byId.Clear();
            _bySequence.Clear();
        }
    }

    /// <summary>After a transaction that failed: what it changed or made is gone.</summary>
    public void Forget()
    {
        _byId.Clear();
        _bySequence.Clear();
        _changed.Clear();
        _find.Reset();
        _make.Reset();
        _read.Reset();
        _write.Reset();
    }

    public void Dispose()
    {
        _find.Dispose();
        _make.Dispose();
        _read.Dispose();
        _write.Dispose();
    }

    /// <summary>The name of the account in a row, from that column on.</summary>
    public static AccountId IdOf(RawStatement row, int column) =>
        new(
            row.Text(column),
            row.Text(column + 1),
            Enum.TryParse<BudgetWindow>(row.Text(column + 2), out var window) ? window : BudgetWindow.Total,
            Microseconds.Read(row.Long(column + 3))
        );

    private void Change(Line line, Usd settled, Usd reserved)
    {
        line.Balance = new AccountBalance(settled, reserved);
        if (!line.IsChanged)
        {
            line.IsChanged = true;
            _changed.Add(line);
        }
    }

    private Line? Fresh(Line line)
    {
        if (line.Reading == _readings)
        {
            return line;
        }

        _read.Bind(line.Sequence);
        if (!_read.Step())
        {
            return null;
        }

        line.Balance = new AccountBalance(new(_read.Long(0)), new(_read.Long(1)));
        line.Reading = _readings;
        if (line.Id == default)
        {
            line.Id = IdOf(_read, 2);
            Keep(line);
        }

        _read.Reset();
        return line;
    }

    private long SequenceOf(in AccountId account, BudgetScope scope)
    {
        Bind(_find, account);
        if (_find.Step())
        {
            var found = _find.Long(0);
            _find.Reset();
            return found;
        }

        Bind(_make, account).Bind(Microseconds.From(_time.GetUtcNow())).Bind(scope.ToString());
        _make.Step();
        var made = _make.Long(0);
        _make.Reset();
        return made;
    }

    private void Keep(Line line)
    {
        _byId[line.Id] = line;
        _bySequence[line.Sequence] = line;
    }

    private static RawStatement Bind(RawStatement statement, in AccountId account) =>
        statement
            .Bind(account.Budget)
            .Bind(account.Spender)
            .Bind(account.Window.ToString())
            .Bind(Microseconds.From(account.Start));

    /// <summary>One account.</summary>
    internal sealed class Line(long sequence, AccountId id)
    {
        /// <summary>Number of its row.</summary>
        public long Sequence { get; } = sequence;

        /// <summary>Its name.</summary>
        public AccountId Id { get; set; } = id;

        /// <summary>What stands in it, with all that the transaction under way did.</summary>
        public AccountBalance Balance { get; set; }

        /// <summary>Limit of its soft budget, when the transaction under way held an amount; null = a hard one, or nothing held.</summary>
        public Usd? SoftLimit { get; set; }

        /// <summary>When it was read last, counted by how often all had to be read anew.</summary>
        public long Reading { get; set; } = -1;

        /// <summary>Whether the transaction under way changed it.</summary>
        public bool IsChanged { get; set; }
    }
}
