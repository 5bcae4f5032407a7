using System.Text.Json;
using Wye.Ledger;
using Wye.Ledger.Judgements;
using Wye.Primitives;
using Wye.Sqlite;

namespace Wye.Cli;

/// <summary><c>wye report</c> on a ledger whose every row is known.</summary>
public sealed class ReportCommandTests : IAsyncLifetime
{
    private static readonly DateTimeOffset First = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);
    private readonly CliRun _run = new();
    private int _next;

    public async ValueTask InitializeAsync()
    {
        await using var store = SqliteLedgerStore.Open(
            new SqliteOptions { Path = Path.Combine(_run.Folder, "wye.db") }
        );
        for (var i = 0; i < 8; i++)
        {
            store.Append([Answered("auto", "key-a", "small", "gpt-4o-mini", day: 0, cost: 10, strong: 100)]);
        }

        store.Append([Answered("auto", "key-a", "medium", "gpt-4o", day: 1, cost: 50, strong: 100)]);
        store.Append([Answered("<b>evil</b>", "key-b", "large", "claude-opus-4-5", day: 1, cost: 120, strong: 100)]);
        store.Append([Failed("auto", "key-b", day: 1, cost: 7)]);
    }

    public ValueTask DisposeAsync()
    {
        _run.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Report_ReadsTheStoreThatTheConfigurationNames_ThoughAKeyIsNotSetHere()
    {
        _run.Write("wye.yaml", "providers: { openai: { key: '${NOT_SET_HERE}' } }\nstore: { path: wye.db }\n");

        (await _run.RunAsync("report", "--data", "elsewhere", "--from", "2026-11-02", "--to", "2026-11-05")).ShouldBe(
            ExitCodes.Ok,
            _run.Error
        );

        _run.Output.ShouldContain("11 requests, 1 failed");
    }

    [Fact]
    public async Task Report_OfAStoreWhosePathCannotBeRead_SaysWhatIsMissing()
    {
        _run.Write("wye.yaml", "store: { path: '${NOT_SET_HERE}' }\n");

        (await _run.RunAsync("report", "--data", ".")).ShouldBe(ExitCodes.Failed);

        _run.Error.ShouldContain("NOT_SET_HERE");
    }

    [Fact]
    public async Task Sums_AreExact_FromEverySide()
    {
        var json = await JsonAsync();

        json.GetProperty("requests").GetInt32().ShouldBe(11);
        json.GetProperty("failed").GetInt32().ShouldBe(1);
        Money(json, "cost_picodollars").ShouldBe((8 * 10) + 50 + 120 + 7);
        // 8 x 90 + 50 - 20 - 7 for the failed one.
        Money(json.GetProperty("saved"), "expected_picodollars").ShouldBe(720 + 50 - 20 - 7);
        Money(json.GetProperty("saved"), "low_picodollars").ShouldBe(720 + 50 - 20 - 7 - (10 * 40));
        Money(json.GetProperty("saved"), "high_picodollars").ShouldBe(720 + 50 - 20 - 7 + (10 * 60));
        Names(json, "by_day").ShouldBe(["2026-11-02 0", "2026-11-03 80", "2026-11-04 177", "2026-11-05 0"]);
        Names(json, "by_route").ShouldBe(["auto 137", "<b>evil</b> 120"]);
        Names(json, "by_key").ShouldBe(["key-a 130", "key-b 127"]);
        Names(json, "by_model").ShouldBe(["claude-opus-4-5 120", "gpt-4o-mini 87", "gpt-4o 50"]);
        json.GetProperty("by_tier")
            .EnumerateArray()
            .Select(tier =>
                (
                    tier.GetProperty("name").GetString(),
                    tier.GetProperty("share").GetDouble(),
                    tier.GetProperty("within").GetBoolean()
                )
            )
            .ShouldBe([("small", 0.8, true), ("medium", 0.1, false), ("large", 0.1, false)]);
        Names(json, "by_role").ShouldBe(["answers 250", "retries and fallbacks 7"]);
    }

    [Fact]
    public async Task Tables_SayWhatWasSaved_AndHowSure()
    {
        (await _run.RunAsync("report", "--data", _run.Folder, "--from", "2026-11-02", "--to", "2026-11-05")).ShouldBe(
            0,
            _run.Error
        );

        _run.Output.ShouldContain("11 requests, 1 failed");
        _run.Output.ShouldContain("failed requests, retries and verifiers count against it");
        _run.Output.ShouldContain("70–80 %");
        // Days on which nothing happened are no rows.
        _run.Output.Split('\n')
            .Where(line => line.StartsWith("2026-11-0", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0] + " " + line.Split(' ')[1])
            .ShouldBe(["2026-11-02 to", "2026-11-03 ", "2026-11-04 "]);
    }

    [Fact]
    public async Task Judgements_AreCountedPerModel()
    {
        await using (
            var store = SqliteJudgementStore.Open(new SqliteOptions { Path = Path.Combine(_run.Folder, "wye.db") })
        )
        {
            foreach (var (id, score) in ((string, int)[])[("a", 1_000_000), ("b", 500_000)])
            {
                await store.PutAsync(
                    new Judgement
                    {
                        Request = new(id),
                        At = First,
                        Key = new("key-a"),
                        Model = new("gpt-4o-mini"),
                        Score = score,
                        Expected =
                            id == "a"
                                ? new QualityExpectation(new("gpt-4o-mini"), "router/profile", default, 900_000)
                                : null,
                    },
                    TestContext.Current.CancellationToken
                );
            }
        }

        (await JsonAsync())
            .GetProperty("feedback")
            .GetRawText()
            .ReplaceLineEndings("")
            .Replace(" ", "", StringComparison.Ordinal)
            .ShouldBe("""[{"model":"gpt-4o-mini","judgements":2,"mean_score":0.75,"of_learned_choices":1}]""");
        (await _run.RunAsync("report", "--data", _run.Folder, "--from", "2026-11-02", "--to", "2026-11-05")).ShouldBe(
            0,
            _run.Error
        );
        _run.Output.ShouldContain("Answers judged (feedback)");
        _run.Output.ShouldMatch("gpt-4o-mini +2 +0\\.750 +1");
    }

    [Fact]
    public async Task Page_EscapesEveryName_AndLoadsNothing()
    {
        await JsonAsync("--html", "report.html");
        var page = await File.ReadAllTextAsync(
            Path.Combine(_run.Folder, "report.html"),
            TestContext.Current.CancellationToken
        );

        page.ShouldContain("&lt;b&gt;evil&lt;/b&gt;");
        page.ShouldNotContain("<b>evil");
        page.ShouldNotContain("<script");
        page.ShouldContain("default-src 'none'");
        page.Split("<svg").Length.ShouldBe(8);
    }

    [Fact]
    public async Task Page_InAFolderThatIsNotThere_IsAMistakeOfTheCommandLine()
    {
        (await _run.RunAsync("report", "--data", _run.Folder, "--html", "none/report.html")).ShouldBe(ExitCodes.Usage);

        _run.Error.ShouldContain("'none/report.html' cannot be written: there is no folder");
    }

    [Fact]
    public async Task ABillThatAgrees_HasNoDifference()
    {
        _run.Write(
            "bill.csv",
            """
            day,model,cost_usd
            2026-11-03,gpt-4o-mini-2024-07-18,0.00000000008
            2026-11-04,gpt-4o,0.00000000005
            2026-11-04,gpt-4o-mini,0.000000000007
            2026-11-04,claude-opus-4-5,0.00000000012
            """
        );

        (await _run.RunAsync("report", "--data", _run.Folder, "--reconcile", "bill.csv")).ShouldBe(
            0,
            _run.Output + _run.Error
        );
    }

    [Fact]
    public async Task ABillThatDiffers_SaysOnWhichLine_ToThePicoDollar()
    {
        _run.Write(
            "bill.csv",
            "Date;Model Name;Amount\n2026-11-03;gpt-4o-mini;\"0.00000000009\"\n1793750400;gpt-4o;5e-11\n2026-11-04;other;$1,000.50\n"
        );

        (await _run.RunAsync("report", "--data", _run.Folder, "--reconcile", "bill.csv", "--json")).ShouldBe(
            ExitCodes.Failed,
            _run.Error
        );

        using var json = JsonDocument.Parse(_run.Output);
        var lines = json.RootElement.GetProperty("lines").EnumerateArray().ToList();
        Line("2026-11-03", "gpt-4o-mini").ShouldBe(("10", ""));
        Line("2026-11-04", "gpt-4o").ShouldBe(("0", ""));
        Line("2026-11-04", "other").ShouldBe(("1000500000000000", "not in the ledger"));
        Line("2026-11-04", "claude-opus-4-5").ShouldBe(("-120", "not on the bill"));

        (string?, string?) Line(string day, string model) =>
            lines
                .Where(line =>
                    line.GetProperty("day").GetString() == day && line.GetProperty("model").GetString() == model
                )
                .Select(line =>
                    (line.GetProperty("difference_picodollars").GetString(), line.GetProperty("note").GetString())
                )
                .Single();
    }

    [Fact]
    public async Task Reconcile_TakesOneProvider()
    {
        _run.Write("bill.csv", "day,model,cost_usd\n2026-11-04,claude-opus-4-5,0.00000000012\n");

        (
            await _run.RunAsync("report", "--data", _run.Folder, "--reconcile", "bill.csv", "--provider", "anthropic")
        ).ShouldBe(0, _run.Output);
    }

    [Theory]
    [InlineData("model,cost_usd\n", "has no column day")]
    [InlineData("day,model,cost_usd\n2026-11-03,gpt-4o,many\n", "bill.csv:2: an amount in USD")]
    [InlineData("day,model,cost_usd\nsoon,gpt-4o,1\n", "bill.csv:2: a day such as")]
    [InlineData("day,model,cost_usd\n2026-11-03,gpt-4o\n", "bill.csv:2: 2 fields under 3 headers")]
    [InlineData("", "is empty")]
    public async Task ABillThatCannotBeRead_IsToldWhere(string text, string expected)
    {
        _run.Write("bill.csv", text);

        (await _run.RunAsync("report", "--data", _run.Folder, "--reconcile", "bill.csv")).ShouldBe(ExitCodes.Failed);

        _run.Error.ShouldContain(expected);
    }

    [Fact]
    public async Task WithoutALedger_SaysWhereItLooked()
    {
        using var empty = new CliRun();

        (await empty.RunAsync("report")).ShouldBe(ExitCodes.Failed);

        empty.Error.ShouldContain("There is no ledger");
    }

    private async Task<JsonElement> JsonAsync(params string[] more)
    {
        (
            await _run.RunAsync([
                "report",
                "--data",
                _run.Folder,
                "--from",
                "2026-11-02",
                "--to",
                "2026-11-05",
                "--json",
                .. more,
            ])
        ).ShouldBe(0, _run.Error);
        using var json = JsonDocument.Parse(_run.Output);
        return json.RootElement.Clone();
    }

    private static long Money(JsonElement json, string name) => long.Parse(json.GetProperty(name).GetString()!, null);

    private static List<string> Names(JsonElement json, string name) =>
        [
            .. json.GetProperty(name)
                .EnumerateArray()
                .Select(one =>
                    $"{one.GetProperty("name").GetString()} {one.GetProperty("cost_picodollars").GetString()}"
                ),
        ];

    private LedgerRecord Answered(string route, string key, string tier, string model, int day, long cost, long strong)
    {
        var request = Entry(route, key, day, cost) with
        {
            Tier = new(tier),
            Model = new(model),
            StrongCost = new Usd(strong),
            Strong = new("claude-opus-4-5"),
            Counterfactual = new Counterfactual
            {
                Strong = new CostRange(new(strong - 40), new(strong), new(strong + 60)),
            },
        };
        return new LedgerRecord(request, [Call(request, model, "first")]);
    }

    private LedgerRecord Failed(string route, string key, int day, long cost)
    {
        var request = Entry(route, key, day, cost) with { Failure = FailureKind.StreamCut, Status = 200 };
        return new LedgerRecord(request, [Call(request, "gpt-4o-mini", "retry")]);
    }

    private RequestEntry Entry(string route, string key, int day, long cost) =>
        new()
        {
            Id = new RequestId($"req-{_next++}"),
            At = First.AddDays(day).AddMinutes(_next),
            Key = new(key),
            Route = new(route),
            RequestedModel = route,
            Why = "",
            Cost = new Usd(cost),
            Attempts = 1,
        };

    private static AttemptEntry Call(RequestEntry request, string model, string cause) =>
        new()
        {
            Request = request.Id,
            Number = 1,
            At = request.At,
            Cause = cause,
            Model = new(model),
            Deployment = new((model.StartsWith("claude", StringComparison.Ordinal) ? "anthropic/" : "openai/") + model),
            Cost = request.Cost,
        };
}
