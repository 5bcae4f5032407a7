using Microsoft.Data.Sqlite;
using Wye.Ledger;
using Wye.Testing;

namespace Wye.Sqlite;

public sealed class SqliteFaultsTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteLedgerStore _store;

    public SqliteFaultsTests() =>
        _store = SqliteLedgerStore.Open(_folder.Options with { BusyTimeout = TimeSpan.FromMilliseconds(1) });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task FullDisk_RefusesTheWholeBatch_AndHealsWhenSpaceReturns()
    {
        _store.Append([A.LedgerRecord("before", 1)]);
        Pragma("max_page_count = 1");
        var batch = A.LedgerRecords(2_000);

        var error = Should.Throw<LedgerUnavailableException>(() => _store.Append(batch));

        error.Message.ShouldBe($"'{_folder.DatabaseFile}' cannot grow: the disk is full. Free space on its volume.");
        (await _store.TotalsAsync(Token)).Requests.ShouldBe(1);

        Pragma("max_page_count = 1000000");
        _store.Append(batch);
        (await _store.TotalsAsync(Token)).Requests.ShouldBe(2_001);
        IntegrityCheck(_folder.DatabaseFile).ShouldBe("ok");
    }

    [Fact]
    public void LockedDatabase_RefusesTheBatch_AndHealsWhenTheLockIsGone()
    {
        using var other = new SqliteConnection($"Data Source={_folder.DatabaseFile};Pooling=False");
        other.Open();
        SqliteDatabase.Execute(other, "BEGIN IMMEDIATE");

        var error = Should.Throw<LedgerUnavailableException>(() => _store.Append([A.LedgerRecord()]));

        error.Message.ShouldBe(
            $"'{_folder.DatabaseFile}' is locked by another program. Close what holds it open for writing."
        );
        SqliteDatabase.Execute(other, "ROLLBACK");
        _store.Append([A.LedgerRecord()]);
    }

    [Fact]
    public async Task ConnectionThatTurnedReadOnly_IsReplaced()
    {
        Pragma("query_only = 1");

        Should
            .Throw<LedgerUnavailableException>(() => _store.Append([A.LedgerRecord("a")]))
            .Message.ShouldContain("read-only");

        _store.Append([A.LedgerRecord("a")]);
        (await _store.FindAsync(new("a"), Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task CopyOfTheFilesOfARunningStore_OpensWithEveryAcknowledgedRow()
    {
        // What a kill leaves behind: the database and its log, without a goodbye.
        for (var batch = 0; batch < 20; batch++)
        {
            _store.Append(A.LedgerRecords(50, first: batch * 50));
        }

        new FileInfo(_folder.DatabaseFile + "-wal").Length.ShouldBeGreaterThan(0);
        var copy = _folder.File("copy.db");
        File.Copy(_folder.DatabaseFile, copy);
        File.Copy(_folder.DatabaseFile + "-wal", copy + "-wal");

        await using var reopened = SqliteLedgerStore.Open(new() { Path = copy });

        (await reopened.TotalsAsync(Token)).ShouldBe(new LedgerTotals(1_000, 1_000, 1_000_000, 0, 0));
        IntegrityCheck(copy).ShouldBe("ok");
    }

    [Fact]
    public async Task LogThatIsCutMidway_OpensWithWholeBatchesOnly()
    {
        const int size = 50;
        for (var batch = 0; batch < 20; batch++)
        {
            _store.Append(A.LedgerRecords(size, first: batch * size));
        }

        var log = File.ReadAllBytes(SharedCopy(_folder.DatabaseFile + "-wal"));
        foreach (var part in Enumerable.Range(0, 10))
        {
            var copy = _folder.File($"cut{part}.db");
            File.Copy(_folder.DatabaseFile, copy);
            await File.WriteAllBytesAsync(copy + "-wal", log[..(log.Length * part / 10)], Token);

            await using var reopened = SqliteLedgerStore.Open(new() { Path = copy });
            var totals = await reopened.TotalsAsync(Token);

            (totals.Requests % size).ShouldBe(0);
            totals.Attempts.ShouldBe(totals.Requests);
            IntegrityCheck(copy).ShouldBe("ok");
        }
    }

    [Fact]
    public async Task DisposedStore_RefusesReadsAndWrites()
    {
        await _store.DisposeAsync();

        Should.Throw<ObjectDisposedException>(() => _store.Append([A.LedgerRecord()]));
        await Should.ThrowAsync<ObjectDisposedException>(() => _store.TotalsAsync(Token));
    }

    [Fact]
    public async Task LedgerAndKeys_ShareAFile()
    {
        await using var keys = SqliteKeyStore.Open(_folder.Options);
        var hasher = new Wye.Access.Secrets.KeyHasher(new byte[32]);
        var ring = new Wye.Access.KeyRing(keys, hasher, TimeProvider.System);

        var admin = await ring.EnsureAdminKeyAsync(Token);
        _store.Append([A.LedgerRecord()]);

        ring.TryAuthenticate(admin!.Reveal(), out var key).ShouldBeTrue();
        key.Role.ShouldBe(Wye.Access.AccessRole.Admin);
        await using var again = SqliteKeyStore.Open(_folder.Options);
        var next = new Wye.Access.KeyRing(again, hasher, TimeProvider.System);
        (await next.EnsureAdminKeyAsync(Token)).ShouldBeNull();
        next.TryAuthenticate(admin.Reveal(), out _).ShouldBeTrue();
    }

    private string SharedCopy(string path)
    {
        var copy = _folder.File(Path.GetRandomFileName());
        File.Copy(path, copy);
        return copy;
    }

    private void Pragma(string setting) => SqliteDatabase.Execute(_store.WriterConnection, "PRAGMA " + setting);

    private static object? IntegrityCheck(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return command.ExecuteScalar();
    }
}
