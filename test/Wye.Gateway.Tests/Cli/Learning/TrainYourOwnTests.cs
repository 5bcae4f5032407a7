namespace Wye.Cli.Learning;

/// <summary>Runs every command of docs/train-your-own.md, in order, in one folder.</summary>
public sealed class TrainYourOwnTests : IDisposable
{
    private readonly CliRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Tutorial_RunsAsWritten()
    {
        SampleLabelled.CopyTo(Path.Combine(_run.Folder, "samples", "labelled"), int.MaxValue);
        string[][] commands = [.. Commands()];
        commands.Length.ShouldBeGreaterThanOrEqualTo(7);
        foreach (string[] args in commands)
            (await _run.RunAsync(args)).ShouldBe(ExitCodes.Ok, $"wye {string.Join(' ', args)}: {_run.Error}");

        foreach (
            string file in (string[])
                [
                    "report.html",
                    "desk.router",
                    "desk-share.router",
                    "desk-cost.router",
                    "predictions.jsonl",
                    "guard.json",
                ]
        )
            File.Exists(Path.Combine(_run.Folder, file)).ShouldBeTrue(file);
        _run.Output.ShouldContain("with 95 % confidence at least 90% of strong quality on traffic like this");
        _run.Output.ShouldContain("trained on, left out");
        _run.Output.ShouldContain("guard split (verified: set aside before training)");
        // Hard and easy questions are told apart by far better than a coin.
        Apgr(_run.Output).ShouldBeGreaterThan(0.65);
    }

    private static double Apgr(string output)
    {
        string line = output.Split('\n').First(l => l.StartsWith("blend ", StringComparison.Ordinal));
        return double.Parse(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    private static IEnumerable<string[]> Commands()
    {
        bool inside = false;
        foreach (string line in File.ReadLines(Path.Combine(SampleLabelled.Root, "docs", "train-your-own.md")))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = line == "```bash";
            else if (inside && line.StartsWith("wye ", StringComparison.Ordinal))
                yield return line[4..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
    }
}
