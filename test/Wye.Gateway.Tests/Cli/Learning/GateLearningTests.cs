using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Wye.Cli.Learning;

/// <summary>Gates from training to configuration, on own-made sums of which some are wrong, visibly or not.</summary>
public sealed class GateLearningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wye-gate-learning-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A set of questions: 40 % of the weak answers are wrong, most of them with a sum that does not add up.</summary>
    private string Set(string name, int from, int count)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        var (queries, answers, results) = (
            new StringBuilder(),
            new StringBuilder(),
            new StringBuilder("query_id,model,score\n")
        );
        var random = new Random(from + 1);
        for (var i = from; i < from + count; i++)
        {
            var (a, b, id) = (10 + random.Next(90), 10 + random.Next(90), $"q{i}");
            var wrong = random.NextDouble() < 0.4;
            var shows = random.NextDouble() < 0.8;
            var slip = wrong ? 1 + random.Next(9) : 0;
            var stated = shows ? $"{a} + {b} = {a + b + slip}" : $"{a} + {b + slip} = {a + b + slip}";
            Line(
                queries,
                new
                {
                    query_id = id,
                    dataset = name,
                    task = "sums",
                    prompt = $"Number {i}: what do {a} apples and {b} pears make?",
                }
            );
            Line(
                answers,
                new
                {
                    query_id = id,
                    model = "weak",
                    response = $"We add: {stated}.\n#### {a + b + slip}",
                }
            );
            results.Append(
                CultureInfo.InvariantCulture,
                $"{id},weak,{(wrong ? 0 : 1)}\n{id},strong,{(random.NextDouble() < 0.95 ? 1 : 0)}\n"
            );
        }

        File.WriteAllText(Path.Combine(folder, "queries.jsonl"), queries.ToString());
        File.WriteAllText(Path.Combine(folder, "responses.jsonl"), answers.ToString());
        File.WriteAllText(Path.Combine(folder, "results.csv"), results.ToString());
        return folder;
    }

    private static void Line(StringBuilder text, object row) => text.Append(JsonSerializer.Serialize(row)).Append('\n');

    [Fact]
    public async Task Eval_MeasuresACascade_WithAttemptsInItsPredictions()
    {
        var (json, lines) = (Path.Combine(_folder, "e.json"), Path.Combine(_folder, "p.jsonl"));
        using var run = new CliRun();
        var code = await run.RunAsync(
            "eval",
            "--data",
            Set("sums", 0, 300),
            "--policy",
            "cascade",
            "--pair",
            "weak,strong",
            "--costs",
            "0.001,0.01",
            "--json",
            json,
            "--predictions-out",
            lines
        );
        code.ShouldBe(ExitCodes.Ok, run.Error);
        using var figures = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        var root = figures.RootElement;
        double Learned(string name) => root.GetProperty("learned").GetProperty(name)[0].GetDouble();
        Learned("apgr").ShouldBeGreaterThan(0.7);
        Learned("auroc").ShouldBeGreaterThan(0.8);
        root.GetProperty("break_even").GetDouble().ShouldBe(0.9, 1e-9);
        run.Error.ShouldContain("train and judge fold 5 of 5");
        run.Output.ShouldNotContain("train and judge", Case.Insensitive, "progress is no result");
        var plain = root.GetProperty("points")[0];
        plain.GetProperty("gap_recovered")[0].GetDouble().ShouldBeGreaterThan(0.5);
        plain.GetProperty("wasted_escalation")[0].GetDouble().ShouldBeLessThan(0.05, "right sums hold");
        var predictions = await File.ReadAllLinesAsync(lines);
        predictions.Length.ShouldBe(300);
        foreach (var line in predictions)
        {
            using var row = JsonDocument.Parse(line);
            var attempts = row.RootElement.GetProperty("attempts").EnumerateArray().ToList();
            attempts[0].GetProperty("model").GetString().ShouldBe("weak", "the weak call is always paid");
            attempts[0].GetProperty("cost_usd").GetDouble().ShouldBe(0.001);
            var refused = !attempts[0].GetProperty("pass").GetBoolean();
            attempts.Count.ShouldBe(refused ? 2 : 1);
            row.RootElement.GetProperty("cost_usd").GetDouble().ShouldBe(refused ? 0.011 : 0.001, 1e-12);
        }
    }

    [Fact]
    public async Task TrainedGate_IsCalibratedOnOtherQuestions_AndJudgesInAConfiguration()
    {
        var file = Path.Combine(_folder, "router.wye");
        var train = Set("train", 0, 300);
        using (var run = new CliRun())
        {
            (await run.RunAsync("train", "--gate", "sums", "--data", train, "--out", file)).ShouldBe(
                ExitCodes.Ok,
                run.Error
            );
            run.Output.ShouldContain("held-out AUROC");
        }

        var before = await File.ReadAllBytesAsync(file);
        using (var run = new CliRun())
        {
            await run.RunAsync("train", "--gate", "sums", "--data", train, "--out", Path.Combine(_folder, "again.wye"));
        }

        using (var run = new CliRun())
        {
            (await Calibrate(run, file, train, "escalation=0.3")).ShouldBe(ExitCodes.Failed);
            run.Error.ShouldContain("not trained on");
        }

        var other = Set("other", 1_000, 400);
        foreach (var target in new[] { "escalation=0.3", "cost=0.004", "quality=0.85" })
        {
            using var run = new CliRun();
            (await Calibrate(run, file, other, target)).ShouldBe(ExitCodes.Ok, $"{target}: {run.Error}{run.Output}");
            run.Output.ShouldContain("threshold");
        }

        using (var run = new CliRun())
        {
            (await Measure(run, file, train)).ShouldBe(ExitCodes.Failed);
            run.Error.ShouldContain("0 answered questions that the gate was not trained on");
            (await Measure(run, file, other)).ShouldBe(ExitCodes.Ok, run.Error);
            run.Output.ShouldContain("gate 'sums' on questions");
            run.Output.ShouldNotContain("folds");
        }

        before.Length.ShouldBeGreaterThan(0);
        var config = Path.Combine(_folder, "wye.yaml");
        await File.WriteAllTextAsync(
            config,
            """
            providers: { local: { dialect: openai, base_url: "http://127.0.0.1:9/v1" } }
            models:
              gpt-4o-mini: { retires_on: never, deployments: [{ provider: local }] }
              gpt-4o: { retires_on: never, deployments: [{ provider: local }] }
            gates: { sums: { kind: learned, file: router.wye } }
            routes: { auto: { policy: cascade, stages: [gpt-4o-mini, gpt-4o], gate: sums } }
            """
        );
        using var check = new CliRun();
        (await check.RunAsync("check", config)).ShouldBe(ExitCodes.Ok, check.Error + check.Output);

        await File.AppendAllTextAsync(config, "\nlearning: { router: router.wye }\n");
        using var asRouter = new CliRun();
        (await asRouter.RunAsync("check", config)).ShouldNotBe(ExitCodes.Ok);
        asRouter.Output.ShouldContain(
            "The router file 'router' holds no router, only the gate 'sums'. Name it as a gate: gates: { sums: { kind: learned, file: … } }, or train a router with 'wye train'."
        );
        asRouter.Output.Split(Environment.NewLine).ShouldAllBe(line => line == line.TrimEnd());
    }

    private static Task<int> Measure(CliRun run, string file, string data) =>
        run.RunAsync("eval", "--policy", "cascade", "--pair", "weak,strong", "--router", file, "--data", data);

    [Theory]
    [InlineData("A confidence lies above 0.5 and below 1", "quality=0.9", "--confidence", "5")]
    [InlineData("--confidence goes with --target quality=…", "escalation=0.3", "--confidence", "0.9")]
    [InlineData("escalation=30 is out of range: a share lies above 0 and at most at 1.", "escalation=30")]
    [InlineData("quality=1.5 is out of range", "quality=1.5")]
    [InlineData("'speed' is no target. Write escalation=0.3", "speed=1")]
    public async Task Calibrate_OfAGateForWhatCannotBeMeant_IsRefused(string words, string target, params string[] more)
    {
        using var run = new CliRun();

        (
            await run.RunAsync([
                "calibrate",
                "--router",
                "x.wye",
                "--gate",
                "sums",
                "--pair",
                "weak,strong",
                "--data",
                ".",
                "--target",
                target,
                "--out",
                "x.wye",
                .. more,
            ])
        ).ShouldBe(ExitCodes.Usage);

        run.Error.ShouldContain(words);
    }

    [Fact]
    public async Task Eval_OfACascadeWhoseWeakModelIsAlwaysRight_LeavesOutWhatIsNotDefined()
    {
        var (data, json) = (Set("sure", 0, 60), Path.Combine(_folder, "sure.json"));
        var results = Path.Combine(data, "results.csv");
        var rows = (await File.ReadAllLinesAsync(results)).Select((row, i) => i == 0 ? row : $"{row[..^1]}1");
        await File.WriteAllLinesAsync(results, rows.ToArray());
        using var run = new CliRun();

        (
            await run.RunAsync(
                "eval",
                "--policy",
                "cascade",
                "--pair",
                "weak,strong",
                "--data",
                data,
                "--folds",
                "2",
                "--json",
                json
            )
        ).ShouldBe(ExitCodes.Ok, run.Error);

        using var figures = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        figures.RootElement.GetProperty("learned").TryGetProperty("apgr", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Eval_OfACascadeTheWrongWayRound_SaysSo()
    {
        var data = Set("sums", 0, 60);
        var results = Path.Combine(data, "results.csv");
        File.WriteAllText(
            results,
            File.ReadAllText(results).Replace(",strong,1", ",strong,0", StringComparison.Ordinal)
        );
        using var run = new CliRun();

        (
            await run.RunAsync("eval", "--policy", "cascade", "--pair", "weak,strong", "--data", data, "--folds", "2")
        ).ShouldBe(ExitCodes.Ok, run.Error);

        run.Error.ShouldContain("wye: on 'sums' weak is better than strong");
        run.Error.ShouldContain("Did you mean --pair strong,weak?");
    }

    [Theory]
    [InlineData("\"response\":\"", "\"said\":\"", "responses.jsonl, line 1: 'response' is missing or no text")]
    [InlineData(
        "\"query_id\":\"q0\"",
        "\"query_id\":null",
        "responses.jsonl, line 1: 'query_id' is missing or no text"
    )]
    [InlineData("\"model\":\"weak\"", "\"model\":7", "responses.jsonl, line 1: 'model' is missing or no text")]
    [InlineData(
        "\"query_id\":\"q1\"",
        "\"query_id\":\"q0\"",
        "responses.jsonl, line 2: the answer of 'weak' to 'q0' stands twice."
    )]
    public async Task Answers_ThatCannotBeRead_AreRefusedWithFileAndLine(string part, string written, string words)
    {
        var data = Set("sums", 0, 60);
        var responses = Path.Combine(data, "responses.jsonl");
        var text = File.ReadAllText(responses);
        var at = text.IndexOf(part, StringComparison.Ordinal);
        File.WriteAllText(responses, string.Concat(text.AsSpan(0, at), written, text.AsSpan(at + part.Length)));
        using var run = new CliRun();

        (await run.RunAsync("eval", "--policy", "cascade", "--pair", "weak,strong", "--data", data)).ShouldBe(
            ExitCodes.Failed
        );

        run.Error.ShouldContain(words);
    }

    [Fact]
    public async Task Calibrate_OfAGateForACost_CountsWhatTheEscalatedQuestionsCost()
    {
        var file = Path.Combine(_folder, "router.wye");
        using var run = new CliRun();
        (await run.RunAsync("train", "--gate", "sums", "--data", Set("train", 0, 300), "--out", file)).ShouldBe(
            ExitCodes.Ok,
            run.Error
        );
        // What the weak model gets wrong is a hundred times dearer with the strong one: 0.041 USD by the mean.
        var live = Set("live", 1_000, 400);
        var results = Path.Combine(live, "results.csv");
        var rows = File.ReadAllLines(results);
        var hard = rows.Where(row => row.EndsWith(",weak,0", StringComparison.Ordinal))
            .Select(row => row.Split(',')[0])
            .ToHashSet(StringComparer.Ordinal);
        File.WriteAllLines(
            results,
            rows.Select(
                (row, i) =>
                    i == 0 ? row + ",cost_usd"
                    : row.Contains(",weak,", StringComparison.Ordinal) ? row + ",0.001"
                    : row + (hard.Contains(row.Split(',')[0]) ? ",0.1" : ",0.001")
            )
        );

        (
            await run.RunAsync(
                "calibrate",
                "--router",
                file,
                "--data",
                live,
                "--pair",
                "weak,strong",
                "--gate",
                "sums",
                "--target",
                "cost=0.01",
                "--out",
                file
            )
        ).ShouldBe(ExitCodes.Ok, run.Error);

        // 0.009 USD are left per question: nine in a hundred of the dear ones, some more with cheap ones among them.
        var escalated = System.Text.RegularExpressions.Regex.Match(
            run.Output,
            "; ([0-9.]+) % of 400 answers are escalated"
        );
        double.Parse(escalated.Groups[1].Value, CultureInfo.InvariantCulture).ShouldBeInRange(5, 14);
    }

    private static Task<int> Calibrate(CliRun run, string file, string data, string target) =>
        run.RunAsync(
            "calibrate",
            "--router",
            file,
            "--data",
            data,
            "--pair",
            "weak,strong",
            "--gate",
            "sums",
            "--costs",
            "0.001,0.01",
            "--target",
            target,
            "--out",
            file
        );

    [Theory]
    [InlineData("--json")]
    [InlineData("--predictions-out")]
    public async Task Eval_OfACascadeThatCannotWriteWhatItFinds_SaysSoBeforeItMeasures(string option)
    {
        using var run = new CliRun();
        string[] given = ["eval", "--data", Set("few", 0, 60), "--policy", "cascade", "--pair", "weak,strong"];

        (await run.RunAsync([.. given, option, "none/x"])).ShouldBe(ExitCodes.Usage);

        run.Error.ShouldContain("'none/x' cannot be written: there is no folder");
        run.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cascade", null, "name --pair")]
    [InlineData("magic", "weak,strong", "--policy cascade")]
    [InlineData("cascade", "weak,nobody", "no answers of model 'nobody'")]
    public async Task WrongOptions_AreNamed(string policy, string? pair, string says)
    {
        using var run = new CliRun();
        string[] given = ["eval", "--data", Set("few", 0, 60), "--policy", policy];
        (await run.RunAsync(pair is null ? given : [.. given, "--pair", pair])).ShouldNotBe(ExitCodes.Ok);
        run.Error.ShouldContain(says);
    }
}
