using Microsoft.Data.Sqlite;
using Wye.Catalog;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Sqlite.Tables;
using Wye.Testing;

namespace Wye.Sqlite;

/// <summary>A call of which its request's row says all takes no row of its own; any other does, and both are read as written.</summary>
public sealed class SqliteOnlyCallTests : IAsyncLifetime
{
    // Every field of a call: those that a column of the request's row keeps for it …
    private static readonly Dictionary<string, Func<AttemptEntry, AttemptEntry>[]> Own = new()
    {
        [nameof(AttemptEntry.At)] =
        [
            call => call with { At = call.At.AddMicroseconds(1) },
            call => call with { At = call.At.AddMicroseconds(OnlyCall.MostAfter) },
        ],
        [nameof(AttemptEntry.FirstTokenMilliseconds)] =
        [
            call => call with { FirstTokenMilliseconds = 0 },
            call => call with { FirstTokenMilliseconds = 12.5 },
        ],
        [nameof(AttemptEntry.TotalMilliseconds)] = [call => call with { TotalMilliseconds = 0.1 }],
        [nameof(AttemptEntry.Price)] = [call => call with { Price = new Price(new(3), new(4)).Facts }],
    };

    // … and those that it has in common with the request, or with every call that is the first. A clock may be set back.
    private static readonly Dictionary<string, Func<AttemptEntry, AttemptEntry>[]> Shared = new()
    {
        [nameof(AttemptEntry.At)] =
        [
            call => call with { At = call.At.AddMicroseconds(-1) },
            call => call with { At = call.At.AddMicroseconds(OnlyCall.MostAfter + 1) },
            call => call with { At = DateTimeOffset.MinValue },
            call => call with { At = DateTimeOffset.MaxValue.AddTicks(-9) },
        ],
        [nameof(AttemptEntry.Number)] = [call => call with { Number = 2 }],
        [nameof(AttemptEntry.Node)] = [call => call with { Node = 1 }],
        [nameof(AttemptEntry.Cause)] = [call => call with { Cause = "retry" }],
        [nameof(AttemptEntry.Model)] = [call => call with { Model = new("Small-model") }],
        [nameof(AttemptEntry.Deployment)] = [call => call with { Deployment = new("other/small-model") }],
        [nameof(AttemptEntry.Usage)] =
        [
            call => call with { Usage = call.Usage with { InputTokens = 1 } },
            call => call with { Usage = call.Usage with { CacheReadTokens = 1 } },
            call => call with { Usage = call.Usage with { CacheWriteTokens = 1 } },
            call => call with { Usage = call.Usage with { CacheWriteHourTokens = 1 } },
            call => call with { Usage = call.Usage with { AudioInputTokens = 1 } },
            call => call with { Usage = call.Usage with { ImageInputTokens = 1 } },
            call => call with { Usage = call.Usage with { OutputTokens = 1 } },
            call => call with { Usage = call.Usage with { ReasoningTokens = 1 } },
            call => call with { Usage = call.Usage with { AudioOutputTokens = 1 } },
            call => call with { Usage = call.Usage with { ServiceTier = ServiceTier.Priority } },
        ],
        [nameof(AttemptEntry.Estimated)] = [call => call with { Estimated = true }],
        [nameof(AttemptEntry.Cost)] = [call => call with { Cost = new(1) }, call => call with { Cost = null }],
        [nameof(AttemptEntry.Status)] = [call => call with { Status = 201 }, call => call with { Status = null }],
        [nameof(AttemptEntry.Failure)] = [call => call with { Failure = FailureKind.TotalTimeout }],
    };

    private readonly TemporaryFolder _folder = new();
    private SqliteLedgerStore _store = null!;

    public static TheoryData<string, int> OwnFields => Cases(Own);
    public static TheoryData<string, int> SharedFields => Cases(Shared);

    public ValueTask InitializeAsync()
    {
        _store = SqliteLedgerStore.Open(_folder.Options);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void EveryFieldOfACall_IsTriedHere() =>
        Own
            .Keys.Union(Shared.Keys)
            .Append(nameof(AttemptEntry.Request))
            .ShouldBe(typeof(AttemptEntry).GetProperties().Select(property => property.Name), ignoreOrder: true);

    [Fact]
    public async Task Call_OfWhichItsRequestSaysAll_TakesNoRow() => (await RowsOf(A.AnsweredRecord())).ShouldBe(0);

    [Theory]
    [MemberData(nameof(OwnFields))]
    public async Task Call_ThatDiffersInWhatIsKeptForIt_TakesNoRow(string field, int way) =>
        (await RowsOf(Changed(A.AnsweredRecord(), Own[field][way]))).ShouldBe(0);

    [Theory]
    [MemberData(nameof(SharedFields))]
    public async Task Call_ThatDiffersFromItsRequest_TakesARow(string field, int way) =>
        (await RowsOf(Changed(A.AnsweredRecord(), Shared[field][way]))).ShouldBe(1);

    [Fact]
    public async Task Call_OfARequestThatNobodyAnswered_TakesARow()
    {
        var record = A.AnsweredRecord("a");
        (await RowsOf(record with { Request = record.Request with { Model = null } })).ShouldBe(1);
        record = A.AnsweredRecord("b");
        (await RowsOf(record with { Request = record.Request with { Deployment = null } })).ShouldBe(1);
    }

    [Fact]
    public async Task Call_ThatFailedAsItsRequestDid_TakesNoRow()
    {
        var record = Changed(
            A.AnsweredRecord(),
            call => call with { Failure = FailureKind.TotalTimeout, Status = 504 }
        );
        var request = record.Request with { Failure = FailureKind.TotalTimeout, Status = 504 };

        (await RowsOf(record with { Request = request })).ShouldBe(0);
    }

    [Fact]
    public async Task Calls_ThatAreSeveral_TakeARowEach()
    {
        var record = A.AnsweredRecord();
        var second = record.Attempts[0] with { Number = 2, Cause = "retry" };

        (await RowsOf(record with { Attempts = [record.Attempts[0], second] })).ShouldBe(2);
    }

    [Fact]
    public async Task RequestWithoutCalls_HasNone() =>
        (await RowsOf(A.AnsweredRecord() with { Attempts = [] })).ShouldBe(0);

    [Theory]
    [InlineData(1)]
    [InlineData(OnlyCall.MostAfter)]
    public async Task Call_CountsOnTheDayItBegins_NotWhenItsRequestArrived(long after)
    {
        var record = A.AnsweredRecord();
        var begin = new DateTimeOffset(record.Request.At.Date.AddDays(1), TimeSpan.Zero);
        var request = record.Request with { At = begin.AddMicroseconds(-after) };
        (await RowsOf(record with { Request = request, Attempts = [record.Attempts[0] with { At = begin }] })).ShouldBe(
            0
        );
        await using var reports = SqliteLedgerReports.Open(_folder.Options);
        var day = DateOnly.FromDateTime(begin.DateTime);

        (await CallsAsync(day.AddDays(-1))).ShouldBe(0);
        (await CallsAsync(day)).ShouldBe(1);
        (await CallsAsync(day.AddDays(1))).ShouldBe(0);

        async Task<long> CallsAsync(DateOnly on) =>
            (await reports.CallsAsync(on, on.AddDays(1), TestContext.Current.CancellationToken)).Sum(row => row.Calls);
    }

    [Fact]
    public void CallsOfOneRequest_AreFoundByItsPlace() =>
        Plan(LedgerQuery.FindCalls).ShouldNotContain(step => IsScanOf(step, "attempts") || IsScanOf(step, "requests"));

    [Theory]
    [InlineData("attempts")]
    [InlineData("only_calls")]
    public void CallsOfOldRequests_AreFoundByTheirPlaces(string table) =>
        Plan(LedgerRetention.SumOfCalls(table))
            .ShouldNotContain(step => IsScanOf(step, "attempts") || IsScanOf(step, "requests"));

    [Fact]
    public void OnlyCallsOfSomeDays_AreFoundByWhenTheirRequestsArrived() =>
        Plan(SqliteLedgerReports.Calls).ShouldNotContain(step => IsScanOf(step, "requests"));

    /// <summary>Writes a record, reads it back, compares; how many rows its calls took.</summary>
    private async Task<long> RowsOf(LedgerRecord record)
    {
        var before = (long)Query("SELECT count(*) FROM attempts")[0];
        _store.Append([record]);

        var read = await _store.FindAsync(record.Request.Id, TestContext.Current.CancellationToken);
        read.ShouldNotBeNull().Request.ShouldBe(record.Request);
        read.Attempts.ShouldBe(record.Attempts);
        return (long)Query("SELECT count(*) FROM attempts")[0] - before;
    }

    private List<string> Plan(string sql)
    {
        var plan = Query("EXPLAIN QUERY PLAN " + sql, column: 3).ConvertAll(step => (string)step);
        plan.ShouldContain(step => step.StartsWith("SEARCH", StringComparison.Ordinal));
        return plan;
    }

    private static bool IsScanOf(string step, string table) =>
        step.StartsWith("SCAN " + table, StringComparison.Ordinal);

    private List<object> Query(string sql, int column = 0)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in (string[])["$request", "$from", "$until", "$first", "$end"])
        {
            command.Parameters.AddWithValue(name, 1);
        }

        using var reader = command.ExecuteReader();
        var values = new List<object>();
        while (reader.Read())
        {
            values.Add(reader.GetValue(column));
        }

        return values;
    }

    private static LedgerRecord Changed(LedgerRecord record, Func<AttemptEntry, AttemptEntry> change) =>
        record with
        {
            Attempts = [change(record.Attempts[0])],
        };

    private static TheoryData<string, int> Cases(Dictionary<string, Func<AttemptEntry, AttemptEntry>[]> fields)
    {
        var cases = new TheoryData<string, int>();
        foreach (var (field, ways) in fields)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                cases.Add(field, way);
            }
        }

        return cases;
    }
}
