using Microsoft.Data.Sqlite;
using Wye.Ledger;
using Wye.Testing;

namespace Wye.Sqlite;

/// <summary>Several writers of one file: a neighbour that holds the lock for a while is waited for, and each gets its turn.</summary>
public sealed class SqliteNeighboursTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NeighbourThatIsSlow_IsWaitedFor()
    {
        // Far longer than the lock is held, also where the system lets this test run late.
        var options = _folder.Options with
        {
            BusyTimeout = TimeSpan.FromSeconds(30),
        };
        await using var store = SqliteLedgerStore.Open(options);
        using var neighbour = Lock();
        var writing = Task.Run(() => store.Append([A.LedgerRecord()]), TestContext.Current.CancellationToken);

        (await Task.WhenAny(writing, Delay(0.6))).ShouldNotBe(writing, "the lock was not felt");
        SqliteDatabase.Execute(neighbour, "ROLLBACK");

        await writing;
    }

    [Fact]
    public async Task FileThatStaysLocked_IsWaitedForLongOnce_AndThenShortly()
    {
        var options = _folder.Options with
        {
            BusyTimeout = TimeSpan.FromMilliseconds(400),
            LockedTimeout = TimeSpan.FromMilliseconds(20),
        };
        await using var store = SqliteLedgerStore.Open(options);
        using (Lock())
        {
            Waited(store).ShouldBeGreaterThanOrEqualTo(options.BusyTimeout);
            Waited(store).ShouldBeLessThan(options.BusyTimeout);
        }

        store.Append([A.LedgerRecord("free")]);
        using (Lock())
        {
            Waited(store).ShouldBeGreaterThanOrEqualTo(options.BusyTimeout, "it was free in between");
        }
    }

    [Fact]
    public async Task TwoBusyWriters_BothGetTheirTurns()
    {
        await using var first = SqliteLedgerStore.Open(_folder.Options);
        await using var second = SqliteLedgerStore.Open(_folder.Options);
        using var together = new Barrier(2);
        var runs = await Task.WhenAll(Start(first, "a", together), Start(second, "b", together));

        TestContext.Current.SendDiagnosticMessage($"{runs[0]} {runs[1]}");
        var all = runs.Sum(run => run.Commits);
        runs.Min(run => run.Commits).ShouldBeGreaterThan(all / 5);
        runs.Max(run => run.Longest).ShouldBeLessThan(TimeSpan.FromMilliseconds(500));
    }

    private static Task<(int Commits, TimeSpan Longest)> Start(
        SqliteLedgerStore store,
        string name,
        Barrier together
    ) =>
        Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                var started = TimeProvider.System.GetTimestamp();
                var (commits, longest) = (0, TimeSpan.Zero);
                for (; TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(1); commits++)
                {
                    var begun = TimeProvider.System.GetTimestamp();
                    store.Append([.. Enumerable.Range(0, 8).Select(i => A.LedgerRecord($"{name}{commits}-{i}"))]);
                    var took = TimeProvider.System.GetElapsedTime(begun);
                    longest = took > longest ? took : longest;
                }

                return (commits, longest);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    private static TimeSpan Waited(SqliteLedgerStore store)
    {
        var started = TimeProvider.System.GetTimestamp();
        Should.Throw<LedgerUnavailableException>(() => store.Append([A.LedgerRecord("refused")]));
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static Task Delay(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);

    private SqliteConnection Lock()
    {
        var connection = new SqliteConnection($"Data Source={_folder.DatabaseFile};Pooling=False");
        connection.Open();
        SqliteDatabase.Execute(connection, "BEGIN IMMEDIATE");
        return connection;
    }
}
