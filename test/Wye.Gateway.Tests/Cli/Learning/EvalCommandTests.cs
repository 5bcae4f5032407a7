using System.Text.Json;

namespace Wye.Cli.Learning;

/// <summary><c>wye eval</c> of a router: what it refuses, what it says of odd sets.</summary>
public sealed class EvalCommandTests : IDisposable
{
    private readonly EvalDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("--json")]
    [InlineData("--predictions-out")]
    [InlineData("--report")]
    public async Task Eval_ThatCannotWriteWhatItFinds_SaysSoBeforeItMeasures(string option)
    {
        (await _desk.MeasureAsync($"--pair {EvalDesk.Pair} {option} none/x")).ShouldBe(ExitCodes.Usage);

        _desk.Error.ShouldContain("there is no folder");
        _desk.Error.ShouldNotContain("fold 1");
    }

    [Fact]
    public async Task Eval_OfAPairOnAFewQuestions_SaysHowManyAreNeeded()
    {
        SampleLabelled.CopyTo(_desk.PathOf("few"), 3);

        (await _desk.EvalAsync($"--data few --pair {EvalDesk.Pair}")).ShouldBe(ExitCodes.Failed);

        _desk.Error.ShouldContain(
            "Set 'few' has 3 questions with answers of both acorn-mini and cedar-max; at least 20"
        );
    }

    [Fact]
    public async Task Eval_InMoreFoldsThanCanRankTheirQuestions_SaysSo()
    {
        (await _desk.MeasureAsync($"--pair {EvalDesk.Pair} --folds 53")).ShouldBe(ExitCodes.Failed);

        _desk.Error.ShouldContain("cedar-max: too few for 53 folds of at least 5. Give a smaller --folds.");
    }

    [Theory]
    [InlineData("--gate", "sums")]
    [InlineData("--costs", "1,2")]
    [InlineData("--escalate", "0.2")]
    public async Task Eval_OfARouter_RefusesWhatIsOfCascadesOnly(string option, string value)
    {
        (await _desk.MeasureAsync($"--pair {EvalDesk.Pair} {option} {value}")).ShouldBe(ExitCodes.Usage);

        _desk.Error.ShouldContain($"{option} goes with --policy cascade: leave it out.");
    }

    [Theory]
    [InlineData("--pair")]
    [InlineData("--pool")]
    public async Task Eval_WithTasksLeftOutOfASetOfOneTask_SaysSo(string option)
    {
        string queries = _desk.PathOf("desk", "queries.jsonl");
        File.WriteAllText(
            queries,
            System.Text.RegularExpressions.Regex.Replace(
                File.ReadAllText(queries),
                "\"task\": \"[^\"]*\"",
                "\"task\": \"one\""
            )
        );

        (await _desk.MeasureAsync($"{option} {EvalDesk.Pair} --folds 2 --leave-tasks-out")).ShouldBe(ExitCodes.Failed);

        _desk.Error.ShouldContain("of set 'desk' leaves 0 questions to learn from; at least 20 are needed.");
        _desk.Error.ShouldContain("too few tasks for --leave-tasks-out");
    }

    [Fact]
    public async Task Eval_OfAPoolThatCostsNothing_IsMeasured()
    {
        _desk.Rewrite(fields => [.. fields[..^1], "0"]);

        (await _desk.MeasureAsync($"--pool {EvalDesk.Pair} --folds 2 --json f.json")).ShouldBe(
            ExitCodes.Ok,
            _desk.Error
        );

        using JsonDocument figures = _desk.Parsed("f.json");
        figures.RootElement.GetProperty("models").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Eval_OfAPairThatIsEquallyGood_LeavesOutWhatIsNotDefined()
    {
        _desk.Rewrite(fields => [.. fields[..2], "1", .. fields[3..]]);

        (await _desk.MeasureAsync($"--pair {EvalDesk.Pair} --folds 2 --json f.json --report r.html")).ShouldBe(
            ExitCodes.Ok,
            _desk.Error
        );

        using JsonDocument figures = _desk.Parsed("f.json");
        JsonElement router = figures.RootElement.GetProperty("routers")[0];
        router.TryGetProperty("apgr", out _).ShouldBeFalse();
        router.TryGetProperty("apgr_ten_bins", out _).ShouldBeFalse();
        File.ReadAllText(_desk.PathOf("r.html")).ShouldNotContain("NaN");
    }

    [Fact]
    public async Task Eval_OfAPairTheWrongWayRound_SaysSo()
    {
        (await _desk.MeasureAsync("--pair cedar-max,acorn-mini --folds 2")).ShouldBe(ExitCodes.Ok, _desk.Error);

        _desk.Error.ShouldContain("Did you mean --pair acorn-mini,cedar-max?");
    }

    [Fact]
    public async Task Eval_WithAMistypedModel_NamesTheNearest()
    {
        (await _desk.MeasureAsync("--pair acorn-mini,ceder-max")).ShouldBe(ExitCodes.Failed);

        _desk.Error.ShouldBe(
            "wye: Set 'desk' has no answers of model 'ceder-max'. Did you mean 'cedar-max'?" + Environment.NewLine
        );
    }

    [Theory]
    [InlineData("Name what to measure on", "--pair a,b")]
    [InlineData("There is no folder 'nowhere'", "--data nowhere --pair a,b")]
    [InlineData("Name what to measure: --pair", "--data desk")]
    [InlineData("names no pair", "--data desk --pair a")]
    [InlineData("is no pool", "--data desk --pool ,")]
    [InlineData("Name --pair or --pool, not both", "--data desk --pair a,b --pool a,b")]
    [InlineData("--guard needs --router", "--data desk --pair a,b --guard")]
    [InlineData("is no format", "--data desk --format parquet")]
    [InlineData("--folds is at least 2", "--data desk --pair a,b --folds 1")]
    [InlineData(
        "--folds trains, and --router measures what is trained already: leave it out.",
        "--data desk --router r.wye --folds 3"
    )]
    [InlineData(
        "--learn-from trains, and --router measures what is trained already: leave it out.",
        "--data desk --router r.wye --learn-from desk"
    )]
    [InlineData(
        "--perturb counts the choices of the blend, not of a part alone: leave out --estimator.",
        "--data desk --pair a,b --perturb --estimator ngram"
    )]
    [InlineData("--data names 'desk' twice", "--data desk desk --pair acorn-mini,cedar-max")]
    [InlineData(
        "--data and --learn-from name 'desk' twice",
        "--data desk --pair acorn-mini,cedar-max --train-on 50 --learn-from desk"
    )]
    [InlineData("--strong-share goes with --pair: leave it out.", "--data desk --pool a,b --strong-share 0.3")]
    [InlineData("There is no file 'n.csv'. Model names are", "--data desk --pair a,b --names n.csv")]
    [InlineData("There is no folder 'nowhere'", "--format routellm nowhere")]
    [InlineData("There is no folder 'nowhere'", "--policy cascade --pair a,b --data nowhere")]
    [InlineData(
        "--names does not go with --policy cascade: leave it out.",
        "--policy cascade --pair a,b --data desk --names n.csv"
    )]
    [InlineData("There is no file 'r.wye'", "--data desk --router r.wye")]
    public async Task Eval_ThatMakesNoSense_IsRefusedAsUsage(string words, string options)
    {
        (await _desk.EvalAsync(options)).ShouldBe(ExitCodes.Usage);

        _desk.Error.ShouldContain(words);
        _desk.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Eval_WithNamesThatMatchNothing_SaysWhichLines()
    {
        File.WriteAllText(
            _desk.PathOf("names.csv"),
            "set,model,name\ndesk,acorn-mini,small\ndesk,acorn-mimi,x\ndesk,acron-pro,y\nother,acorn-pro,y\n"
        );

        (await _desk.MeasureAsync("--pair small,cedar-max --folds 2 --names names.csv")).ShouldBe(
            ExitCodes.Ok,
            _desk.Error
        );

        _desk.Error.ShouldContain(
            "names.csv: line 3 (desk,acorn-mimi), line 4 (desk,acron-pro) match no model of the sets desk."
        );
    }

    [Fact]
    public async Task Eval_OfASetWithoutAColumn_NamesFileAndColumn()
    {
        File.WriteAllText(_desk.PathOf("desk", "results.csv"), "query_id,modell,score\n");

        (await _desk.MeasureAsync("--pair a,b")).ShouldBe(ExitCodes.Failed);

        _desk.Error.ShouldContain("results.csv: column 'model' is missing");
    }

    [Fact]
    public async Task Eval_WithAnUnknownEstimator_ListsTheKnownOnes()
    {
        (await _desk.MeasureAsync($"--pair {EvalDesk.Pair} --folds 2 --estimator oracle")).ShouldBe(ExitCodes.Usage);

        _desk.Error.ShouldContain("There is no estimator 'oracle'. Known: blend, ngram, clusters, neighbours, tasks");
    }
}
