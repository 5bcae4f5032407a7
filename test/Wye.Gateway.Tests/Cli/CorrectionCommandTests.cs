using System.Text.Json;
using Wye.Ledger;
using Wye.Sqlite;
using Wye.Testing;

namespace Wye.Cli;

/// <summary><c>wye ledger correct</c>: a row of its own, which reports, bills and exports count.</summary>
public sealed class CorrectionCommandTests : IAsyncLifetime
{
    private readonly CliRun _run = new();

    public async ValueTask InitializeAsync()
    {
        await using var store = SqliteLedgerStore.Open(new() { Path = Path.Combine(_run.Folder, "wye.db") });
        store.Append([Record("one", 10), Record("two", 20, 30)]);
    }

    public ValueTask DisposeAsync()
    {
        _run.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Correction_IsCounted_EverywhereAndOnce()
    {
        await CorrectAsync("one", "--cost", "0.000000000014");
        await CorrectAsync("two", "--call", "2", "--amount", "-0.000000000001");
        await CorrectAsync(
            "--day",
            "2026-03-04",
            "--provider",
            "provider",
            "--model",
            "small-model",
            "--amount",
            "0.000000000100"
        );

        var report = await JsonAsync("report", "--from", "2026-03-04", "--to", "2026-03-04");
        report.GetProperty("cost_picodollars").GetString().ShouldBe("163");
        report.GetProperty("corrections").GetInt32().ShouldBe(3);
        report.GetProperty("corrected_picodollars").GetString().ShouldBe("103");
        report.GetProperty("requests").GetInt32().ShouldBe(2);
        // 2 x 100 of the strong model, less all that was paid.
        report.GetProperty("saved").GetProperty("expected_picodollars").GetString().ShouldBe("37");

        _run.Write("bill.csv", "day,model,cost_usd\n2026-03-04,small-model,0.000000000163\n");
        (await _run.RunAsync("report", "--data", _run.Folder, "--reconcile", "bill.csv")).ShouldBe(0, _run.Output);
        _run.Output.ShouldContain("corrected by");

        (await _run.RunAsync("ledger", "export", "--data", _run.Folder, "--out", "out.csv")).ShouldBe(0, _run.Error);
        var lines = await File.ReadAllLinesAsync(
            Path.Combine(_run.Folder, "out.csv"),
            TestContext.Current.CancellationToken
        );
        lines.Select(line => line.Split(',')[^1]).ShouldBe(["corrected_picodollars", "4", "", "-1"]);
    }

    [Fact]
    public async Task Corrections_AreListed_WithWhoAndWhy()
    {
        await CorrectAsync("one", "--amount", "0.5");

        var all = await JsonAsync("ledger", "corrections");
        var only = all.EnumerateArray().Single();
        only.GetProperty("request").GetString().ShouldBe("one");
        only.GetProperty("amount_picodollars").GetInt64().ShouldBe(500_000_000_000);
        only.GetProperty("by").GetString().ShouldBe("the accountant");
        only.GetProperty("why").GetString().ShouldBe("as billed");
    }

    [Fact]
    public async Task SecondCorrectionToACost_StartsFromTheFirst()
    {
        await CorrectAsync("one", "--cost", "0.000000000014");
        await CorrectAsync("one", "--cost", "0.000000000012");

        var report = await JsonAsync("report", "--from", "2026-03-04", "--to", "2026-03-04");
        report.GetProperty("cost_picodollars").GetString().ShouldBe("62");
    }

    [Theory]
    [InlineData("There is no request 'three'", "three", "--amount", "1")]
    [InlineData("has 2 calls: name one with --call", "two", "--amount", "1")]
    [InlineData("has no call 7", "two", "--call", "7", "--amount", "1")]
    [InlineData("Give either --cost or --amount", "one")]
    [InlineData("Give either --cost or --amount", "one", "--cost", "1", "--amount", "1")]
    [InlineData("corrects nothing", "one", "--amount", "0")]
    [InlineData("corrects nothing", "one", "--cost", "0.00000000001")]
    [InlineData("not '1e-3'", "one", "--amount", "1e-3")]
    [InlineData("Name a request; or --day", "--day", "2026-03-04", "--amount", "1")]
    [InlineData("A request knows its day", "one", "--day", "2026-03-04", "--amount", "1")]
    public async Task WhatCannotBeCorrected_IsToldWhy(string expected, params string[] words)
    {
        var code = await _run.RunAsync(["ledger", "correct", .. words, "--why", "x", "--data", _run.Folder]);

        code.ShouldNotBe(0);
        _run.Error.ShouldContain(expected);
    }

    private async Task CorrectAsync(params string[] words) =>
        (
            await _run.RunAsync([
                "ledger",
                "correct",
                .. words,
                "--why",
                "as billed",
                "--who",
                "the accountant",
                "--data",
                _run.Folder,
            ])
        ).ShouldBe(0, _run.Error);

    private async Task<JsonElement> JsonAsync(params string[] words)
    {
        var before = _run.Output.Length;
        (await _run.RunAsync([.. words, "--data", _run.Folder, "--json"])).ShouldBe(0, _run.Error);
        using var json = JsonDocument.Parse(_run.Output[before..]);
        return json.RootElement.Clone();
    }

    private static LedgerRecord Record(string id, params long?[] costs)
    {
        var record = A.LedgerRecord(id, costs);
        return record with { Request = record.Request with { Cost = new(costs.Sum() ?? 0), StrongCost = new(100) } };
    }
}
