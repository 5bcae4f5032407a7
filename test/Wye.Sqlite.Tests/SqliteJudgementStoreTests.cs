using Wye.Contracts;
using Wye.Ledger;
using Wye.Ledger.Judgements;
using Wye.Primitives;
using Wye.Sqlite.Tables;
using Wye.Testing;

namespace Wye.Sqlite;

public sealed class SqliteJudgementStoreTests : JudgementStoreContract, IAsyncLifetime
{
    private const int StepsBeforePositions = 7;
    private readonly TemporaryFolder _folder = new();
    private SqliteJudgementStore _store = null!;

    private protected override IJudgementStore Store => _store;

    public ValueTask InitializeAsync()
    {
        _store = SqliteJudgementStore.Open(_folder.Options);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Retention_TakesTheCommentWithTheRequest_AndLeavesTheJudgement()
    {
        var time = new ManualTime();
        await using var ledger = SqliteLedgerStore.Open(_folder.Options with { RetentionDays = 32 }, time);
        var old = A.LedgerRecord("old", 1);
        var young = A.LedgerRecord("young", 1);
        ledger.Append([
            old with
            {
                Request = old.Request with { At = time.GetUtcNow().AddDays(-40) },
            },
            young with
            {
                Request = young.Request with { At = time.GetUtcNow() },
            },
        ]);
        foreach (var id in (string[])["old", "young"])
        {
            await _store.PutAsync(Judgement(id, 1) with { Comment = "a word" }, Token);
        }

        ledger.KeepUp(book: null);

        (await ledger.FindAsync(new("old"), Token)).ShouldBeNull();
        (await _store.FindAsync(new("old"), Token)).ShouldBe(Judgement("old", 1));
        (await _store.FindAsync(new("young"), Token))!.Comment.ShouldBe("a word");
    }

    [Fact]
    public async Task JudgementsOfBeforePositionsWereKept_StayAndTeachTheMean()
    {
        using var folder = new TemporaryFolder();
        using (var old = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.DatabaseFile};Pooling=False"))
        {
            old.Open();
            SqliteMigration.Run(old, folder.DatabaseFile, [.. Schema.Steps.Take(StepsBeforePositions)]);
            SqliteDatabase.Execute(
                old,
                "INSERT INTO judgements VALUES ('a', 1, 'k', 'm', 250000, 'a word', 'basis', 7, 900000)"
            );
        }

        await using var store = SqliteJudgementStore.Open(folder.Options);
        var seen = new List<Judgement>();
        await store.VisitExpectedAsync(seen.Add, Token);

        var judgement = seen.ShouldHaveSingleItem();
        judgement.Expected.ShouldBe(new QualityExpectation(new("m"), "basis", PromptPosition.Unknown, 900_000));
        (judgement.Missed, judgement.Comment).ShouldBe((-650_000, "a word"));
    }

    [Fact]
    public async Task LockedFile_IsToldInOneLine()
    {
        await using var patient = SqliteJudgementStore.Open(
            _folder.Options with
            {
                BusyTimeout = TimeSpan.FromMilliseconds(1),
            }
        );
        using var other = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={_folder.DatabaseFile};Pooling=False"
        );
        other.Open();
        SqliteDatabase.Execute(other, "BEGIN IMMEDIATE");

        (
            await Should.ThrowAsync<LedgerUnavailableException>(() => patient.PutAsync(Judgement("a", 1), Token))
        ).Message.ShouldContain("is locked by another program.");
    }
}
