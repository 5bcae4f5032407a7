using FsCheck;
using FsCheck.Fluent;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Contracts;

/// <summary>What every ledger store must do; one class per implementation runs it.</summary>
public abstract class LedgerStoreContract : IAsyncLifetime
{
    private ILedgerStore? _store;

    protected ILedgerStore Store => _store!;

    /// <summary>A fresh, empty store.</summary>
    protected abstract ILedgerStore Open();

    public virtual ValueTask InitializeAsync()
    {
        _store = Open();
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LedgerRecord? Find(string id) => Store.FindAsync(new(id), Token).GetAwaiter().GetResult();

    [Fact]
    public void Find_GivesBackEveryFieldThatWasAppended()
    {
        var round = 0;
        Check(
            LedgerGenerators.Records("batch"),
            generated =>
            {
                // A store never forgets, so each round has ids of its own.
                round++;
                var records = generated.Select(record => Renamed(record, $"{record.Request.Id}_{round}")).ToArray();
                Store.Append(records);
                foreach (var record in records)
                {
                    ShouldBeSame(Find(record.Request.Id.Value), record);
                }
            }
        );
    }

    [Fact]
    public void Totals_EqualTheSumOfAllAttempts()
    {
        var round = 0;
        Int128 cost = 0;
        long requests = 0;
        long attempts = 0;
        long estimated = 0;
        long unpriced = 0;
        Check(
            LedgerGenerators.Records("sum"),
            generated =>
            {
                round++;
                Store.Append([.. generated.Select(record => Renamed(record, $"{record.Request.Id}_{round}"))]);
                foreach (var attempt in generated.SelectMany(record => record.Attempts))
                {
                    attempts++;
                    cost += attempt.Cost?.PicoDollars ?? 0;
                    estimated += attempt.Estimated ? 1 : 0;
                    unpriced += attempt.Cost is null ? 1 : 0;
                }

                requests += generated.Length;
                Totals().ShouldBe(new LedgerTotals(requests, attempts, cost, estimated, unpriced));
            }
        );
    }

    [Fact]
    public void Totals_OfAnEmptyLedger_AreZero() => Totals().ShouldBe(new LedgerTotals(0, 0, 0, 0, 0));

    [Fact]
    public void Totals_AreExactBeyond64Bits()
    {
        Store.Append([A.LedgerRecord("a", long.MaxValue, long.MaxValue), A.LedgerRecord("b", long.MaxValue, -1)]);

        Totals().CostPicoDollars.ShouldBe(((Int128)long.MaxValue * 3) - 1);
    }

    [Fact]
    public void Totals_AreExactBelow64Bits()
    {
        Store.Append([A.LedgerRecord("a", long.MinValue, long.MinValue, 5)]);

        Totals().CostPicoDollars.ShouldBe(((Int128)long.MinValue * 2) + 5);
    }

    [Fact]
    public void Find_GivesNullForAnUnknownRequest() => Find("req_none").ShouldBeNull();

    [Fact]
    public void Find_TellsIdsApartByCase()
    {
        Store.Append([A.LedgerRecord("req_a")]);

        Find("REQ_A").ShouldBeNull();
    }

    [Fact]
    public void Find_GivesTheAttemptsOfItsRequestOnly()
    {
        Store.Append([A.LedgerRecord("a", 1, 2), A.LedgerRecord("b", 3)]);

        Find("b")!.Attempts.Select(attempt => attempt.Cost!.Value.PicoDollars).ShouldBe([3L]);
    }

    [Fact]
    public void Append_OfNothing_ChangesNothing()
    {
        Store.Append([]);

        Totals().Requests.ShouldBe(0);
    }

    [Fact]
    public void Append_RefusesAnIdThatIsRecorded_AndWritesNothingOfTheBatch()
    {
        Store.Append([A.LedgerRecord("a", 1)]);

        var error = Should.Throw<ArgumentException>(() =>
            Store.Append([A.LedgerRecord("b", 2), A.LedgerRecord("a", 3)])
        );

        error.Message.ShouldContain("'a'");
        Find("b").ShouldBeNull();
        Totals().ShouldBe(new LedgerTotals(1, 1, 1, 0, 0));
    }

    [Fact]
    public void Append_RefusesAnIdThatStandsTwiceInItsBatch()
    {
        Should.Throw<ArgumentException>(() => Store.Append([A.LedgerRecord("a", 1), A.LedgerRecord("a", 2)]));

        Totals().Requests.ShouldBe(0);
    }

    [Fact]
    public void Append_RefusesAnAttemptOfAnotherRequest()
    {
        var record = new LedgerRecord(A.RequestEntry("a"), [A.AttemptEntry("b")]);

        Should.Throw<ArgumentException>(() => Store.Append([record])).Message.ShouldContain("'a'");

        Totals().ShouldBe(new LedgerTotals(0, 0, 0, 0, 0));
    }

    [Fact]
    public void Append_RefusesAnAttemptNumberThatRepeats()
    {
        var record = new LedgerRecord(A.RequestEntry("a"), [A.AttemptEntry("a", 1), A.AttemptEntry("a", 1)]);

        Should.Throw<ArgumentException>(() => Store.Append([record])).Message.ShouldContain("'a'");
    }

    [Fact]
    public void Append_RefusesWhatIsNotANumber()
    {
        var record = new LedgerRecord(A.RequestEntry("a") with { TotalMilliseconds = double.NaN }, []);

        Should.Throw<ArgumentException>(() => Store.Append([record]));

        Totals().Requests.ShouldBe(0);
    }

    [Fact]
    public void Append_SucceedsAfterARefusal()
    {
        Should.Throw<ArgumentException>(() => Store.Append([A.LedgerRecord("a", 1), A.LedgerRecord("a", 2)]));

        Store.Append([A.LedgerRecord("a", 7)]);

        Find("a")!.Attempts[0].Cost.ShouldBe(new Usd(7));
    }

    [Fact]
    public async Task Recent_GivesTheLastRecordedFirst()
    {
        Store.Append([A.LedgerRecord("z"), A.LedgerRecord("a")]);
        Store.Append([A.LedgerRecord("m")]);

        var recent = await Store.RecentAsync(2, Token);

        recent.Select(entry => entry.Id.Value).ShouldBe(["m", "a"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task Recent_RefusesACountOutOfItsRange(int count) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Store.RecentAsync(count, Token));

    [Fact]
    public async Task Readers_SeeWholeBatchesWhileTheWriterWrites()
    {
        const int size = 7;
        const int batches = 60;
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => ReadUntil(done.Token), Token)).ToArray();
        await Task.Run(
            () =>
            {
                for (var batch = 0; batch < batches; batch++)
                {
                    Store.Append(A.LedgerRecords(size, first: batch * size));
                }
            },
            Token
        );
        await done.CancelAsync();

        foreach (var seen in await Task.WhenAll(readers))
        {
            seen.ShouldAllBe(totals => totals.Requests % size == 0 && totals.Attempts == totals.Requests);
            seen.ShouldBe(seen.OrderBy(totals => totals.Requests));
        }

        Totals().Requests.ShouldBe(size * batches);
    }

    private LedgerTotals Totals() => Store.TotalsAsync(Token).GetAwaiter().GetResult();

    private async Task<List<LedgerTotals>> ReadUntil(CancellationToken done)
    {
        var seen = new List<LedgerTotals>();
        do
        {
            seen.Add(await Store.TotalsAsync(Token));
        } while (!done.IsCancellationRequested);

        return seen;
    }

    private static LedgerRecord Renamed(LedgerRecord record, string id) =>
        new(
            record.Request with
            {
                Id = new(id),
            },
            [.. record.Attempts.Select(attempt => attempt with { Request = new(id) })]
        );

    private static void ShouldBeSame(LedgerRecord? actual, LedgerRecord expected)
    {
        actual.ShouldNotBeNull();
        actual.Request.ShouldBe(expected.Request);
        actual.Attempts.ShouldBe(expected.Attempts.OrderBy(attempt => attempt.Number));
    }

    private static void Check(Gen<LedgerRecord[]> records, Action<LedgerRecord[]> body) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20_260_304, 7),
            Prop.ForAll(records.ToArbitrary(), body)
        );
}
