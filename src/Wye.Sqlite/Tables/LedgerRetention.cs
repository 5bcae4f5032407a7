using SQLitePCL;
using Wye.Ledger.Budgets;
using Wye.Sqlite.Statements;

namespace Wye.Sqlite.Tables;

/// <summary>
/// Deletes what is old enough, a little at a time: rows of requests, whose sums per day stay, and sums of budgets whose windows are
/// over. Used by one thread at a time, inside a transaction.
/// </summary>
internal sealed class LedgerRetention : IDisposable
{
    /// <summary>Requests, or accounts, per transaction: a few milliseconds.</summary>
    public const int MostAtOnce = 200;

    private const string OfOldRequests = "request IN (SELECT seq FROM requests WHERE at_us <= ?)";

    // Each window is over for longer than any clock is wrong by mistake.
    private static readonly TimeSpan HourKept = TimeSpan.FromDays(2);
    private static readonly TimeSpan DayKept = TimeSpan.FromDays(7);
    private static readonly TimeSpan WeekKept = TimeSpan.FromDays(21);
    private static readonly TimeSpan MonthKept = TimeSpan.FromDays(63);

    private readonly List<RawStatement> _all = [];
    private readonly RawStatement _oldest;
    private readonly RawStatement _sumRequests;
    private readonly RawStatement _sumRows;
    private readonly RawStatement _sumOnlyCalls;
    private readonly RawStatement _deleteRows;
    private readonly RawStatement _deleteComments;
    private readonly RawStatement _deleteRequests;
    private readonly RawStatement _deleteAccounts;

    public LedgerRetention(sqlite3 handle)
    {
        _oldest = Prepare(
            $"SELECT max(at_us) FROM (SELECT at_us FROM requests WHERE at_us < ? ORDER BY at_us LIMIT {MostAtOnce})"
        );
        _sumRequests = Prepare(
            $"""
            INSERT INTO daily_requests (day, key_id, route, tier, model, {DailySums.RequestColumns})
            {DailySums.OfRequests("at_us <= ?")}
            ON CONFLICT DO UPDATE SET {DailySums.Add(DailySums.RequestColumns)}
            """
        );
        _sumRows = Prepare(SumOfCalls("attempts"));
        _sumOnlyCalls = Prepare(SumOfCalls("only_calls"));
        _deleteRows = Prepare($"DELETE FROM attempts WHERE {OfOldRequests}");
        _deleteComments = Prepare(
            "UPDATE judgements SET comment = NULL WHERE request IN (SELECT id FROM requests WHERE at_us <= ?)"
        );
        _deleteRequests = Prepare("DELETE FROM requests WHERE at_us <= ?");
        // The newest account stays: its number would be given to the next one while a process still knows it by the old name.
        _deleteAccounts = Prepare(
            $"""
            DELETE FROM accounts WHERE seq IN (SELECT seq FROM accounts WHERE reserved_pusd = 0
                AND seq < (SELECT MAX(seq) FROM accounts) AND (
                period = '{BudgetWindow.Hour}' AND start_us < ? OR period = '{BudgetWindow.Day}' AND start_us < ?
                OR period = '{BudgetWindow.Week}' AND start_us < ? OR period = '{BudgetWindow.Month}' AND start_us < ?
                OR period = '{BudgetWindow.Total}' AND scope = '{BudgetScope.Run}' AND updated_us < ?) LIMIT {MostAtOnce})
            RETURNING seq
            """
        );

        RawStatement Prepare(string sql)
        {
            var statement = new RawStatement(handle, sql);
            _all.Add(statement);
            return statement;
        }
    }

    /// <summary>Adds calls of old requests to the sums of their days.</summary>
    /// <param name="table">Where the calls stand: <c>attempts</c> or <c>only_calls</c>.</param>
    public static string SumOfCalls(string table) =>
        $"""
            INSERT INTO daily_calls (day, model, deployment, cause, {DailySums.CallColumns})
            {DailySums.OfCalls(table, OfOldRequests)}
            ON CONFLICT DO UPDATE SET {DailySums.Add(DailySums.CallColumns)}
            """;

    /// <summary>Moment up to which the next requests to go arrived; null = none is older.</summary>
    /// <param name="before">What arrived before it may go.</param>
    public long? NextRequests(DateTimeOffset before)
    {
        _oldest.Bind(Microseconds.From(before));
        _oldest.Step();
        var until = _oldest.LongOrNull(0);
        _oldest.Reset();
        return until;
    }

    /// <summary>Adds requests to the sums of their days and deletes them.</summary>
    /// <param name="until">Of <see cref="NextRequests"/>.</param>
    public void DeleteRequests(long until)
    {
        foreach (
            var statement in (RawStatement[])
                [_sumRequests, _sumRows, _sumOnlyCalls, _deleteRows, _deleteComments, _deleteRequests]
        )
        {
            statement.Bind(until).Run();
        }
    }

    /// <summary>Deletes sums of windows that are over, and of runs that nobody went on with; returns how many.</summary>
    public int DeleteAccounts(DateTimeOffset now)
    {
        _deleteAccounts
            .Bind(Microseconds.From(now - HourKept))
            .Bind(Microseconds.From(now - DayKept))
            .Bind(Microseconds.From(now - WeekKept))
            .Bind(Microseconds.From(now - MonthKept))
            .Bind(Microseconds.From(now - MonthKept));
        var deleted = 0;
        while (_deleteAccounts.Step())
        {
            deleted++;
        }

        return deleted;
    }

    /// <summary>After a transaction that failed.</summary>
    public void Reset() => _all.ForEach(statement => statement.Reset());

    public void Dispose() => _all.ForEach(statement => statement.Dispose());
}
