using Microsoft.Data.Sqlite;
using Wye.Testing;

namespace Wye.Sqlite;

/// <summary>What is committed reaches the database file without the writer's waiting for it.</summary>
public sealed class CheckpointerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Log_IsMovedIntoTheDatabase_AndBegunAnew()
    {
        await using var store = SqliteLedgerStore.Open(_folder.Options);
        var first = 0;
        void Write()
        {
            store.Append(A.LedgerRecords(200, first));
            first += 200;
        }

        long Length() => new FileInfo(_folder.DatabaseFile + "-wal").Length;

        for (var batch = 0; batch < 100 && store.Checkpointer.Finished == 0; batch++)
        {
            Write();
            await PauseAsync();
        }

        store.Checkpointer.Finished.ShouldBeGreaterThan(0);
        // A commit that finds all of the log moved starts at its beginning, so that the log is no longer than what came between two
        // checkpoints. One that comes while the next checkpoint is under way does not find it so.
        var before = 0L;
        for (var batch = 0; batch < 100 && Length() != before; batch++)
        {
            before = Length();
            Write();
            await PauseAsync();
        }

        Length().ShouldBe(before);
        before.ShouldBeLessThan(Checkpointer.MostPages * 4096L);
        Copied().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task NewConnection_OfTheWriter_IsFollowed()
    {
        await using var store = SqliteLedgerStore.Open(_folder.Options);
        var first = 0;
        for (var round = 0; round < 2; round++)
        {
            var before = store.Checkpointer.Finished;
            for (var batch = 0; batch < 100 && store.Checkpointer.Finished == before; batch++, first += 200)
            {
                store.Append(A.LedgerRecords(200, first));
                await PauseAsync();
            }

            store.Checkpointer.Finished.ShouldBeGreaterThan(before);
            store.DropConnection();
        }
    }

    [Fact]
    public async Task FewPages_AreLeftInTheLog()
    {
        await using var store = SqliteLedgerStore.Open(_folder.Options);
        store.Append(A.LedgerRecords(10));

        await PauseAsync();

        store.Checkpointer.Finished.ShouldBe(0);
        Copied().ShouldBe(0);
    }

    [Fact]
    public async Task Reader_ThatHoldsTheLog_KeepsNothingFromBeingCommitted()
    {
        await using var store = SqliteLedgerStore.Open(_folder.Options);
        store.Append(A.LedgerRecords(10));
        using var reader = new SqliteConnection($"Data Source={_folder.DatabaseFile};Mode=ReadOnly;Pooling=False");
        reader.Open();
        using var held = reader.BeginTransaction(deferred: true);
        Count(reader).ShouldBe(10);

        for (var batch = 0; batch < 12; batch++)
        {
            store.Append(A.LedgerRecords(200, 10 + (batch * 200)));
        }

        Count(reader).ShouldBe(10);
        held.Rollback();
        Count(reader).ShouldBe(2_410);
    }

    private static Task PauseAsync() =>
        Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Requests that stand in the database file itself, whatever its log says.</summary>
    private long Copied()
    {
        var copy = _folder.File("copy.db");
        File.Copy(_folder.DatabaseFile, copy, overwrite: true);
        using var connection = new SqliteConnection($"Data Source={copy};Pooling=False");
        connection.Open();
        return Count(connection);
    }

    private static long Count(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM requests";
        return (long)command.ExecuteScalar()!;
    }
}
