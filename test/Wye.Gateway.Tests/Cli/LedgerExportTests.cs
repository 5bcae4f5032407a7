using System.Text.Json;
using Wye.Cli.Exports;
using Wye.Ledger;
using Wye.Sqlite;
using Wye.Testing;

namespace Wye.Cli;

public sealed class LedgerExportTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+a", "'+a")]
    [InlineData("-a", "'-a")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("=cmd|' /C calc'!A0,x", "\"'=cmd|' /C calc'!A0,x\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData(null, "")]
    public void Cell_IsQuotedAndNeverAFormula(string? text, string cell) => LedgerCsv.Cell(text).ShouldBe(cell);

    [Fact]
    public async Task Export_WritesEveryCallOnce_InBothForms()
    {
        using var run = new CliRun();
        Directory.CreateDirectory(Path.Combine(run.Folder, "data"));
        await using (var store = SqliteLedgerStore.Open(new() { Path = Path.Combine(run.Folder, "data", "wye.db") }))
        {
            var evil = A.LedgerRecord("c", 7) with
            {
                Request = A.RequestEntry("c") with { RequestedModel = "=HYPERLINK(1)" },
            };
            store.Append([A.LedgerRecord("a", 1, 2), A.LedgerRecord("b"), evil]);
        }

        (await run.RunAsync("ledger", "export", "--data", "data")).ShouldBe(0);
        var lines = run.Output.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(5);
        lines[1].ShouldContain(",0.000000000001,");
        lines[4].ShouldContain(",'=HYPERLINK(1),");

        (await run.RunAsync("ledger", "export", "--data", "data", "--format", "jsonl", "--out", "out.jsonl")).ShouldBe(
            0
        );
        var rows = await File.ReadAllLinesAsync(
            Path.Combine(run.Folder, "out.jsonl"),
            TestContext.Current.CancellationToken
        );
        rows.Select(row => JsonDocument.Parse(row).RootElement.GetProperty("calls").GetArrayLength())
            .ShouldBe([2, 0, 1]);

        (await run.RunAsync("ledger", "export", "--data", "data", "--out", "none/out.csv")).ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("'none/out.csv' cannot be written: there is no folder");
        (await run.RunAsync("ledger", "export", "--data", "data", "--until", "2020-01-01")).ShouldBe(0);
    }

    [Fact]
    public async Task Export_WithoutALedger_SaysSo()
    {
        using var run = new CliRun();

        (await run.RunAsync("ledger", "export", "--data", "nowhere")).ShouldBe(2);

        run.Error.ToString().ShouldContain("There is no ledger");
    }
}
