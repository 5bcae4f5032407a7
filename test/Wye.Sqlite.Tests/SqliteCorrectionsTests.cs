using Microsoft.Data.Sqlite;
using Wye.Ledger.Corrections;
using Wye.Testing;

namespace Wye.Sqlite;

public sealed class SqliteCorrectionsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SqliteLedgerStore _store = null!;
    private SqliteLedgerCorrections _corrections = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _store = SqliteLedgerStore.Open(_folder.Options);
        _corrections = SqliteLedgerCorrections.Open(_folder.Options);
        _store.Append([A.LedgerRecord("a", 10, 20), A.LedgerRecord("b", 30)]);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _corrections.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Correction_IsReadBackWhole_AndStandsBesideItsRequest()
    {
        var record = (await _store.FindAsync(new("a"), Token))!;
        var one = Correction.OfCall(Draft("cor_1", 5), record, 2);
        var other = Correction.OfDay(Draft("cor_2", -7), new DateOnly(2026, 3, 4), new("provider"), new("small-model"));
        await _corrections.AddAsync(one, Token);
        await _corrections.AddAsync(other, Token);

        (await _corrections.AllAsync(request: null, Token)).ShouldBe([one, other]);
        (await _corrections.AllAsync(new("a"), Token)).ShouldBe([one]);
        var corrected = (await _store.FindAsync(new("a"), Token))!;
        corrected.Corrections.ShouldBe([one]);
        corrected.Attempts.ShouldBe(record.Attempts, "what was recorded stays");
        (await _store.FindAsync(new("b"), Token))!.Corrections.ShouldBeEmpty();
        var totals = await _store.TotalsAsync(Token);
        (totals.CostPicoDollars, totals.Corrections, totals.CorrectedPicoDollars).ShouldBe((60, 2, -2));
    }

    [Theory]
    [InlineData("UPDATE corrections SET amount_pusd = 1")]
    [InlineData("DELETE FROM corrections")]
    public async Task Correction_IsNeverChanged(string sql)
    {
        await _corrections.AddAsync(Correction.OfDay(Draft("c", 5), default, new("p"), new("m")), Token);
        using var connection = new SqliteConnection($"Data Source={_folder.DatabaseFile};Pooling=False");
        connection.Open();

        Should
            .Throw<SqliteException>(() => SqliteDatabase.Execute(connection, sql))
            .Message.ShouldContain("append-only");
    }

    [Fact]
    public async Task SameIdTwice_IsRefused()
    {
        var correction = Correction.OfDay(Draft("c", 5), default, new("p"), new("m"));
        await _corrections.AddAsync(correction, Token);

        await Should.ThrowAsync<ArgumentException>(() => _corrections.AddAsync(correction, Token));
    }

    [Fact]
    public void Correction_OfNothing_OfNobody_ForNoReason_OfNoCall_IsRefused()
    {
        var record = A.LedgerRecord("a", 1);
        Refused(Draft("c", 0)).ShouldContain("corrects nothing");
        Refused(Draft("c", 1) with { By = " " }).ShouldContain("who makes a correction");
        Refused(Draft("c", 1) with { Why = "two\nlines" }).ShouldContain("why it is made");
        Should
            .Throw<ArgumentException>(() => Correction.OfCall(Draft("c", 1), record, 2))
            .Message.ShouldContain("has no call 2");

        string Refused(CorrectionDraft draft) =>
            Should.Throw<ArgumentException>(() => Correction.OfCall(draft, record, 1)).Message;
    }

    private static CorrectionDraft Draft(string id, long pico) =>
        new(id, A.Moment, new(pico), "someone", "the bill says so");
}
