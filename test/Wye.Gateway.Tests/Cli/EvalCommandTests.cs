using System.Globalization;
using System.Text.Json;
using Wye.Learning.Metrics;

namespace Wye.Cli;

public sealed class EvalCommandTests : IDisposable
{
    private const string Pair = "acorn-mini,cedar-max";
    private readonly CliRun _run = new();

    public EvalCommandTests() => SampleLabelled.CopyTo(Path.Combine(_run.Folder, "desk"), 260);

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("--json")]
    [InlineData("--predictions-out")]
    [InlineData("--report")]
    public async Task Eval_ThatCannotWriteWhatItFinds_SaysSoBeforeItMeasures(string option)
    {
        (await _run.RunAsync("eval", "--data", "desk", "--pair", Pair, option, "none/x")).ShouldBe(ExitCodes.Usage);

        _run.Error.ShouldContain("there is no folder");
        _run.Error.ShouldNotContain("fold 1");
    }

    [Fact]
    public async Task Eval_OfAPairOnAFewQuestions_SaysHowManyAreNeeded()
    {
        SampleLabelled.CopyTo(Path.Combine(_run.Folder, "few"), 3);

        (await _run.RunAsync("eval", "--data", "few", "--pair", Pair)).ShouldBe(ExitCodes.Failed);

        _run.Error.ShouldContain(
            "Set 'few' has 3 questions with answers of both acorn-mini and cedar-max; at least 20"
        );
    }

    [Theory]
    [InlineData("--gate", "sums")]
    [InlineData("--costs", "1,2")]
    [InlineData("--escalate", "0.2")]
    public async Task Eval_OfARouter_RefusesWhatIsOfCascadesOnly(string option, string value)
    {
        (await _run.RunAsync("eval", "--data", "desk", "--pair", Pair, option, value)).ShouldBe(ExitCodes.Usage);

        _run.Error.ShouldContain($"{option} goes with --policy cascade: leave it out.");
    }

    [Theory]
    [InlineData("--pair")]
    [InlineData("--pool")]
    public async Task Eval_WithTasksLeftOutOfASetOfOneTask_SaysSo(string option)
    {
        string queries = Path.Combine(_run.Folder, "desk", "queries.jsonl");
        File.WriteAllText(
            queries,
            System.Text.RegularExpressions.Regex.Replace(
                File.ReadAllText(queries),
                "\"task\": \"[^\"]*\"",
                "\"task\": \"one\""
            )
        );

        (await _run.RunAsync("eval", "--data", "desk", option, Pair, "--folds", "2", "--leave-tasks-out")).ShouldBe(
            ExitCodes.Failed
        );

        _run.Error.ShouldContain("of set 'desk' leaves 0 questions to learn from; at least 20 are needed.");
        _run.Error.ShouldContain("too few tasks for --leave-tasks-out");
    }

    [Fact]
    public async Task Eval_OfAPoolWithAFreeModel_PredictsThatItCostsNothing()
    {
        Rewrite(fields => fields[1] is "acorn-mini" ? [.. fields[..^1], "0"] : fields);

        (
            await _run.RunAsync(
                "eval",
                "--data",
                "desk",
                "--pool",
                "acorn-mini,acorn-pro,cedar-max",
                "--folds",
                "2",
                "--predictions-out",
                "p.jsonl"
            )
        ).ShouldBe(ExitCodes.Ok, _run.Error);

        foreach (JsonElement cost in Lines("p.jsonl").Select(line => line.GetProperty("cost")))
        {
            cost.GetProperty("acorn-mini").GetDouble().ShouldBeInRange(0, 1e-9);
            cost.GetProperty("cedar-max").GetDouble().ShouldBeGreaterThan(1e-5);
        }
    }

    [Fact]
    public async Task Eval_OfAPoolWhoseCostsAreTooFewToLearnFrom_TakesEachModelsMean()
    {
        // One question in five has a cost of cedar-max: enough to measure, but of the 50 that a fold learns from too few.
        SampleLabelled.CopyTo(Path.Combine(_run.Folder, "desk"), 600);
        Rewrite(fields =>
            fields[1] is "cedar-max" && fields[0][^1] is not ('0' or '5') ? [.. fields[..^1], ""] : fields
        );

        (
            await _run.RunAsync(
                "eval",
                "--data",
                "desk",
                "--pool",
                Pair,
                "--folds",
                "2",
                "--train-on",
                "50",
                "--predictions-out",
                "p.jsonl"
            )
        ).ShouldBe(ExitCodes.Ok, _run.Error);

        Lines("p.jsonl").ShouldAllBe(l => l.GetProperty("cost").GetProperty("cedar-max").GetDouble() > 0);
    }

    [Fact]
    public async Task Eval_OfAPoolThatCostsNothing_IsMeasured()
    {
        Rewrite(fields => [.. fields[..^1], "0"]);

        (await _run.RunAsync("eval", "--data", "desk", "--pool", Pair, "--folds", "2", "--json", "f.json")).ShouldBe(
            ExitCodes.Ok,
            _run.Error
        );

        using JsonDocument figures = Parsed("f.json");
        figures.RootElement.GetProperty("models").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Eval_OfAPairThatIsEquallyGood_LeavesOutWhatIsNotDefined()
    {
        Rewrite(fields => [.. fields[..2], "1", .. fields[3..]]);

        (
            await _run.RunAsync(
                "eval",
                "--data",
                "desk",
                "--pair",
                Pair,
                "--folds",
                "2",
                "--json",
                "f.json",
                "--report",
                "r.html"
            )
        ).ShouldBe(ExitCodes.Ok, _run.Error);

        using JsonDocument figures = Parsed("f.json");
        JsonElement router = figures.RootElement.GetProperty("routers")[0];
        router.TryGetProperty("apgr", out _).ShouldBeFalse();
        router.TryGetProperty("apgr_ten_bins", out _).ShouldBeFalse();
        File.ReadAllText(Path.Combine(_run.Folder, "r.html")).ShouldNotContain("NaN");
    }

    [Fact]
    public async Task Eval_OfAPairTheWrongWayRound_SaysSo()
    {
        (await _run.RunAsync("eval", "--data", "desk", "--pair", "cedar-max,acorn-mini", "--folds", "2")).ShouldBe(
            ExitCodes.Ok,
            _run.Error
        );

        _run.Error.ShouldContain("Did you mean --pair acorn-mini,cedar-max?");
    }

    private void Rewrite(Func<string[], string[]> change)
    {
        string results = Path.Combine(_run.Folder, "desk", "results.csv");
        File.WriteAllLines(
            results,
            File.ReadAllLines(results).Select((line, i) => i == 0 ? line : string.Join(',', change(line.Split(','))))
        );
    }

    [Fact]
    public async Task Predictions_OfAPair_AreEnoughToRecomputeTheFigures()
    {
        (
            await _run.RunAsync(
                "eval",
                "--data",
                "desk",
                "--pair",
                Pair,
                "--folds",
                "2",
                "--json",
                "figures.json",
                "--predictions-out",
                "p.jsonl"
            )
        ).ShouldBe(ExitCodes.Ok, _run.Error);

        using JsonDocument figures = Parsed("figures.json");
        JsonElement router = figures.RootElement.GetProperty("routers")[0];
        Dictionary<string, (double Score, double Cost)> results = Results();
        JsonElement[] lines = Lines("p.jsonl");
        lines.Length.ShouldBe(260);
        float[] score = [.. lines.Select(l => l.GetProperty("score").GetSingle())];
        float[] weak = [.. lines.Select(l => (float)results[$"{Id(l)},acorn-mini"].Score)];
        float[] strong = [.. lines.Select(l => (float)results[$"{Id(l)},cedar-max"].Score)];
        var curve = new PairCurve(score, weak, strong);
        curve.Apgr().ShouldBe(First(router, "apgr"), 1e-6);
        curve.Cpt(0.8).ShouldBe(First(router, "cpt80"), 1e-6);
        curve.ApgrTenBins().ShouldBe(router.GetProperty("apgr_ten_bins").GetDouble(), 1e-6);
        JsonElement choice = figures.RootElement.GetProperty("choices")[0];
        lines.Average(l => results[$"{Id(l)},{Chosen(l)}"].Score).ShouldBe(First(choice, "quality"), 1e-6);
        (1000 * lines.Average(l => results[$"{Id(l)},{Chosen(l)}"].Cost)).ShouldBe(
            First(choice, "cost_per_thousand"),
            1e-6
        );
        float[] predicted = [.. lines.Select(l => Quality(l, "cedar-max"))];
        CalibrationError
            .Of(predicted, strong)
            .Ece.ShouldBe(figures.RootElement.GetProperty("models")[1].GetProperty("ece").GetDouble(), 1e-6);
        // The two qualities alone lead to the same order; rounding may only tie what is next to each other.
        float[] gain = [.. lines.Select(l => Quality(l, "cedar-max") - Quality(l, "acorn-mini"))];
        new PairCurve(gain, weak, strong).Apgr().ShouldBe(First(router, "apgr"), 1e-3);
    }

    [Fact]
    public async Task Predictions_OfAPool_AreEnoughToRecomputeSavingsAndAiq()
    {
        string[] models = ["acorn-mini", "acorn-pro", "cedar-max"];
        (
            await _run.RunAsync(
                "eval",
                "--data",
                "desk",
                "--pool",
                string.Join(',', models),
                "--folds",
                "2",
                "--json",
                "figures.json",
                "--predictions-out",
                "p.jsonl",
                "--report",
                "r.html"
            )
        ).ShouldBe(ExitCodes.Ok, _run.Error);

        using JsonDocument figures = Parsed("figures.json");
        Dictionary<string, (double Score, double Cost)> results = Results();
        JsonElement[] lines = Lines("p.jsonl");
        var pool = new PoolOutcome(
            models,
            [.. lines.SelectMany(l => models.Select(m => (float)results[$"{Id(l)},{m}"].Score))],
            [.. lines.SelectMany(l => models.Select(m => results[$"{Id(l)},{m}"].Cost))]
        );
        float[] quality =
        [
            .. lines.SelectMany(l => models.Select(m => l.GetProperty("quality").GetProperty(m).GetSingle())),
        ];
        double[] cost =
        [
            .. lines.SelectMany(l => models.Select(m => l.GetProperty("cost").GetProperty(m).GetDouble())),
        ];
        pool.Savings(pool.Sweep(quality, cost), 0.95)
            .ShouldBe(First(figures.RootElement, "savings_at_95_percent"), 1e-6);
        ChoiceFigures own = ChoiceFigures.Of(pool, [.. lines.Select(l => Array.IndexOf(models, Chosen(l)))]);
        JsonElement choice = figures.RootElement.GetProperty("choices")[0];
        own.Regret.ShouldBe(First(choice, "regret"), 1e-6);
        own.UnderRouting.ShouldBe(First(choice, "under_routing"), 1e-6);
        own.Arena.ShouldBe(First(choice, "router_arena"), 1e-6);
        lines.ShouldAllBe(l => l.GetProperty("cost_usd").GetDouble() > 0);

        string page = await File.ReadAllTextAsync(
            Path.Combine(_run.Folder, "r.html"),
            TestContext.Current.CancellationToken
        );
        page.ShouldContain("<svg");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
    }

    [Fact]
    public async Task Eval_WithAMistypedModel_NamesTheNearest()
    {
        (await _run.RunAsync("eval", "--data", "desk", "--pair", "acorn-mini,ceder-max")).ShouldBe(ExitCodes.Failed);

        _run.Error.ShouldBe(
            "wye: Set 'desk' has no answers of model 'ceder-max'. Did you mean 'cedar-max'?" + Environment.NewLine
        );
    }

    [Theory]
    [InlineData("Name what to measure on", "eval", "--pair", "a,b")]
    [InlineData("There is no folder 'nowhere'", "eval", "--data", "nowhere", "--pair", "a,b")]
    [InlineData("Name what to measure: --pair", "eval", "--data", "desk")]
    [InlineData("names no pair", "eval", "--data", "desk", "--pair", "a")]
    [InlineData("is no pool", "eval", "--data", "desk", "--pool", ",")]
    [InlineData("Name --pair or --pool, not both", "eval", "--data", "desk", "--pair", "a,b", "--pool", "a,b")]
    [InlineData("--guard needs --router", "eval", "--data", "desk", "--pair", "a,b", "--guard")]
    [InlineData("is no format", "eval", "--data", "desk", "--format", "parquet")]
    [InlineData("--folds is at least 2", "eval", "--data", "desk", "--pair", "a,b", "--folds", "1")]
    [InlineData(
        "--folds trains, and --router measures what is trained already: leave it out.",
        "eval",
        "--data",
        "desk",
        "--router",
        "r.wye",
        "--folds",
        "3"
    )]
    [InlineData(
        "--learn-from trains, and --router measures what is trained already: leave it out.",
        "eval",
        "--data",
        "desk",
        "--router",
        "r.wye",
        "--learn-from",
        "desk"
    )]
    [InlineData(
        "--strong-share goes with --pair: leave it out.",
        "eval",
        "--data",
        "desk",
        "--pool",
        "a,b",
        "--strong-share",
        "0.3"
    )]
    [InlineData(
        "There is no file 'n.csv'. Model names are",
        "eval",
        "--data",
        "desk",
        "--pair",
        "a,b",
        "--names",
        "n.csv"
    )]
    [InlineData("There is no folder 'nowhere'", "eval", "--format", "routellm", "nowhere")]
    [InlineData("There is no folder 'nowhere'", "eval", "--policy", "cascade", "--pair", "a,b", "--data", "nowhere")]
    [InlineData(
        "--names does not go with --policy cascade: leave it out.",
        "eval",
        "--policy",
        "cascade",
        "--pair",
        "a,b",
        "--data",
        "desk",
        "--names",
        "n.csv"
    )]
    [InlineData("There is no file 'r.wye'", "eval", "--data", "desk", "--router", "r.wye")]
    public async Task Eval_ThatMakesNoSense_IsRefusedAsUsage(string words, params string[] args)
    {
        (await _run.RunAsync(args)).ShouldBe(ExitCodes.Usage);

        _run.Error.ShouldContain(words);
        _run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Eval_WithNamesThatMatchNothing_SaysWhichLines()
    {
        File.WriteAllText(
            Path.Combine(_run.Folder, "names.csv"),
            "set,model,name\ndesk,acorn-mini,small\ndesk,acorn-mimi,x\ndesk,acron-pro,y\nother,acorn-pro,y\n"
        );

        (
            await _run.RunAsync(
                "eval",
                "--data",
                "desk",
                "--pair",
                "small,cedar-max",
                "--folds",
                "2",
                "--names",
                "names.csv"
            )
        ).ShouldBe(ExitCodes.Ok, _run.Error);

        _run.Error.ShouldContain(
            "names.csv: line 3 (desk,acorn-mimi), line 4 (desk,acron-pro) match no model of the sets desk."
        );
    }

    [Fact]
    public async Task Eval_OfASetWithoutAColumn_NamesFileAndColumn()
    {
        File.WriteAllText(Path.Combine(_run.Folder, "desk", "results.csv"), "query_id,modell,score\n");

        (await _run.RunAsync("eval", "--data", "desk", "--pair", "a,b")).ShouldBe(ExitCodes.Failed);

        _run.Error.ShouldContain("results.csv: column 'model' is missing");
    }

    [Fact]
    public async Task Eval_WithAnUnknownEstimator_ListsTheKnownOnes()
    {
        (
            await _run.RunAsync("eval", "--data", "desk", "--pair", Pair, "--folds", "2", "--estimator", "oracle")
        ).ShouldBe(ExitCodes.Usage);

        _run.Error.ShouldContain("There is no estimator 'oracle'. Known: blend, ngram, clusters, neighbours, tasks");
    }

    private static string Id(JsonElement line) => line.GetProperty("query_id").GetString()!;

    private static float Quality(JsonElement line, string model) =>
        line.GetProperty("quality").GetProperty(model).GetSingle();

    private static string Chosen(JsonElement line) => line.GetProperty("chosen").GetString()!;

    private static double First(JsonElement of, string name) => of.GetProperty(name)[0].GetDouble();

    private JsonDocument Parsed(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(_run.Folder, file)));

    private JsonElement[] Lines(string file) =>
        [
            .. File.ReadLines(Path.Combine(_run.Folder, file))
                .Select(line =>
                {
                    using var json = JsonDocument.Parse(line);
                    return json.RootElement.Clone();
                }),
        ];

    private Dictionary<string, (double Score, double Cost)> Results() =>
        File.ReadLines(Path.Combine(_run.Folder, "desk", "results.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(
                f => $"{f[0]},{f[1]}",
                f =>
                    (
                        double.Parse(f[2], CultureInfo.InvariantCulture),
                        double.Parse(f[5], CultureInfo.InvariantCulture)
                    ),
                StringComparer.Ordinal
            );
}
