using Wye.Ledger;
using Wye.Ledger.Judgements;
using Wye.Testing;

namespace Wye.Sqlite;

public sealed class SqliteJudgementStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private SqliteJudgementStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
    public async Task Judgement_IsReadBackWhole_AndTheLastOneOfARequestCounts()
    {
        var first = Judgement("a", 0, cell: 3, expected: 900_000) with { Comment = "wrong sum" };
        var last = Judgement("a", 1_000_000) with { At = At.AddDays(1) };

        (await _store.PutAsync(first, Token)).ShouldBeNull();
        (await _store.FindAsync(new("a"), Token)).ShouldBe(first);
        (await _store.PutAsync(last, Token)).ShouldBe(first);
        (await _store.FindAsync(new("a"), Token)).ShouldBe(last);
        (await _store.FindAsync(new("b"), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Sums_AreExact_PerBasisModelAndCell_OfThoseWithAnExpectation()
    {
        await _store.PutAsync(Judgement("a", 0, cell: 3, expected: 900_000), Token);
        await _store.PutAsync(Judgement("b", 1_000_000, cell: 3, expected: 900_001), Token);
        await _store.PutAsync(Judgement("c", 500_000, cell: 4, expected: 1), Token);
        await _store.PutAsync(Judgement("d", 0), Token);

        (await _store.SumsAsync(Token)).ShouldBe([
            new JudgementSum("basis", "m", 3, 2, -900_000 + 99_999),
            new JudgementSum("basis", "m", 4, 1, 499_999),
        ]);
    }

    [Fact]
    public async Task Models_AreCountedInASpanOfTime()
    {
        await _store.PutAsync(Judgement("a", 0, cell: 3, expected: 900_000), Token);
        await _store.PutAsync(Judgement("b", 1_000_000), Token);
        await _store.PutAsync(Judgement("c", 1_000_000) with { At = At.AddDays(1) }, Token);
        await _store.PutAsync(Judgement("d", 250_000) with { Model = new("l") }, Token);

        (await _store.ModelsAsync(At, At.AddDays(1), Token)).ShouldBe([
            new JudgedModel(new("l"), 1, 0.25, 0),
            new JudgedModel(new("m"), 2, 0.5, 1),
        ]);
    }

    [Fact]
    public async Task ManyAtOnce_EachReplacesTheOneBefore()
    {
        var earlier = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(score => _store.PutAsync(Judgement("a", score), Token))
        );

        // A chain: nobody replaces what another has replaced.
        var replaced = earlier.Select(one => one?.Score).ToList();
        replaced.Count(score => score is null).ShouldBe(1);
        replaced.Distinct().Count().ShouldBe(20);
    }

    [Fact]
    public async Task Retention_TakesTheCommentWithTheRequest_AndLeavesTheJudgement()
    {
        var time = new ManualTime();
        await using var ledger = SqliteLedgerStore.Open(_folder.Options with { RetentionDays = 32 }, time);
        var old = A.LedgerRecord("old", 1);
        var young = A.LedgerRecord("young", 1);
        ledger.Append([
            old with { Request = old.Request with { At = time.GetUtcNow().AddDays(-40) } },
            young with { Request = young.Request with { At = time.GetUtcNow() } },
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

    private static Judgement Judgement(string request, int score, int cell = 0, int? expected = null) =>
        new()
        {
            Request = new(request),
            At = At,
            Key = new("k"),
            Model = new("m"),
            Score = score,
            Expected = expected is { } quality ? new QualityExpectation(new("m"), "basis", cell, quality) : null,
        };
}
