using Microsoft.Data.Sqlite;
using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Ledger.Corrections;
using Wye.Ledger.Reports;
using Wye.Primitives;
using Wye.Sqlite.Tables;
using Wye.Testing;

namespace Wye.Sqlite;

/// <summary>What is deleted stays in every sum; what may still be asked for is not deleted.</summary>
public sealed class SqliteRetentionTests : IAsyncLifetime
{
    private const int Days = 50;
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private SqliteLedgerStore _store = null!;
    private SqliteLedgerReports _reports = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _store = SqliteLedgerStore.Open(_folder.Options with { RetentionDays = 32 }, _time);
        _reports = SqliteLedgerReports.Open(_folder.Options);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _reports.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Reports_AndTotals_AreTheSame_WhenRowsHaveGone()
    {
        Fill();
        await CorrectAsync("old-3", 5);
        var (spend, calls, totals) = await SumsAsync();
        spend.Count.ShouldBeGreaterThan(Days);

        var left = Prune();

        left.ShouldBe(32 * 21, "those of the last 32 days");
        (await _store.FindAsync(new("old-3"), Token)).ShouldBeNull();
        var after = await SumsAsync();
        after.Spend.ShouldBe(spend);
        after.Calls.ShouldBe(calls);
        after.Totals.ShouldBe(totals);

        // A correction of what is gone counts as well, and the comparison above would have seen a sum that changed.
        await CorrectAsync(request: null, -3);
        (await SumsAsync()).Spend.ShouldNotBe(spend);
    }

    [Fact]
    public void OneUpkeep_DeletesAFewHundredAtMost()
    {
        Fill();

        _store.KeepUp(book: null);

        Count("requests").ShouldBe((Days * 21) - LedgerRetention.MostAtOnce);
        Count("attempts").ShouldBeGreaterThan(0);
        Count("only_calls").ShouldBeGreaterThan(0);
        Query("SELECT sum(attempts) FROM requests").ShouldBe([Count("calls")]);
        Query("SELECT request FROM attempts EXCEPT SELECT seq FROM requests").ShouldBeEmpty();
    }

    [Fact]
    public async Task WithoutRetention_NothingGoes()
    {
        Fill();
        await using var other = SqliteLedgerStore.Open(_folder.Options, _time);

        other.KeepUp(book: null);

        Count("requests").ShouldBe(Days * 21);
    }

    [Fact]
    public void Retention_ShorterThanABudgetWindow_IsRefused() =>
        Should
            .Throw<ArgumentException>(() => SqliteLedgerStore.Open(_folder.Options with { RetentionDays = 31 }))
            .Message.ShouldContain("RetentionDays is 32 or more");

    [Fact]
    public void SumsOfWindowsThatAreOver_Go_AndThoseThatCountStay()
    {
        foreach (var window in Enum.GetValues<BudgetWindow>())
        {
            Spend($"of-{window}", window, BudgetScope.Global);
        }

        Spend("of-a-run", BudgetWindow.Total, BudgetScope.Run);
        Spend("held", BudgetWindow.Hour, BudgetScope.Global, settle: false);

        _time.Advance(TimeSpan.FromDays(40));
        _store.KeepUp(book: null);
        Accounts().ShouldBe(["held", "of-Month", "of-Total", "of-a-run"]);

        _time.Advance(TimeSpan.FromDays(40));
        _store.KeepUp(book: null);
        Accounts().ShouldBe(["held", "of-Total"]);
    }

    private void Spend(string name, BudgetWindow window, BudgetScope scope, bool settle = true)
    {
        var budget = A.Budget(name) with { Window = window, Scope = scope };
        var opening = A.Opening(name, 1, 100, new BudgetShare(budget, ""));
        _store.Commit([opening with { Intent = opening.Intent with { At = _time.GetUtcNow() } }], book: null);
        if (settle)
        {
            _store.Commit([A.Settled(name, 60)], book: null);
        }
    }

    private void Fill()
    {
        // Twenty requests on each of the days, and one around each midnight whose second call, or only one, is of the next day.
        for (var day = 0; day < Days; day++)
        {
            var start = _time.GetUtcNow().Date.AddDays(-day);
            for (var i = 0; i < 21; i++)
            {
                var at = new DateTimeOffset(start, TimeSpan.Zero).AddMinutes(i == 20 ? 1_439.9 : i * 7);
                var id = day == Days - 1 ? $"old-{i}" : $"{day}-{i}";
                _store.Append([i % 3 == 2 && day % 2 == 0 ? Answered(id, i, at) : Record(id, i, at)]);
            }
        }

        _time.Advance(_time.GetUtcNow().Date.AddDays(1) - _time.GetUtcNow().UtcDateTime);
    }

    private static LedgerRecord Record(string id, int i, DateTimeOffset at)
    {
        var record = A.LedgerRecord(id, i * 10, i % 4 == 0 ? null : i);
        return record with
        {
            Request = record.Request with
            {
                At = at,
                Key = new($"key{i % 3}"),
                Cost = new(i * 11),
                Attempts = record.Attempts.Length,
                Model = i % 5 == 0 ? null : new("small-model"),
                Failure = i % 5 == 0 ? FailureKind.TotalTimeout : null,
                StrongCost = i % 5 > 1 ? new Usd(500) : null,
                Estimated = i % 7 == 0,
                Counterfactual =
                    i % 2 == 0 ? null : new Counterfactual { Cheapest = new CostRange(new(1), new(2), new(3)) },
            },
            Attempts = [.. record.Attempts.Select((call, at2) => call with { At = at.AddMinutes(at2) })],
        };
    }

    private static LedgerRecord Answered(string id, int i, DateTimeOffset at)
    {
        var record = A.AnsweredRecord(id, i);
        return record with
        {
            Request = record.Request with { At = at, Key = new($"key{i % 3}") },
            Attempts = [record.Attempts[0] with { At = at.AddSeconds(7) }],
        };
    }

    private async Task CorrectAsync(string? request, long pico)
    {
        await using var corrections = SqliteLedgerCorrections.Open(_folder.Options);
        var draft = new CorrectionDraft($"cor_{pico}", _time.GetUtcNow(), new(pico), "someone", "the bill says so");
        var correction = request is null
            ? Correction.OfDay(draft, DateOnly.FromDateTime(_time.GetUtcNow().Date.AddDays(-Days)), new("p"), new("m"))
            : Correction.OfCall(draft, (await _store.FindAsync(new(request), Token))!, 2);
        await corrections.AddAsync(correction, Token);
    }

    private int Prune()
    {
        for (var before = -1L; before != Count("requests"); )
        {
            before = Count("requests");
            _store.KeepUp(book: null);
        }

        return (int)Count("requests");
    }

    private async Task<(IReadOnlyList<SpendRow> Spend, IReadOnlyList<CallRow> Calls, LedgerTotals Totals)> SumsAsync()
    {
        var (from, until) = (new DateOnly(2000, 1, 1), new DateOnly(2100, 1, 1));
        return (
            await _reports.SpendAsync(from, until, Token),
            await _reports.CallsAsync(from, until, Token),
            await _store.TotalsAsync(Token)
        );
    }

    private long Count(string table) => (long)Query($"SELECT count(*) FROM {table}").Single();

    private List<string> Accounts() => [.. Query("SELECT budget FROM accounts ORDER BY budget").Cast<string>()];

    private List<object> Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object>();
        while (reader.Read())
        {
            rows.Add(reader.GetValue(0));
        }

        return rows;
    }
}
