using System.Text.Json;

namespace Wye.Cli.Learning;

public sealed class TrainCommandTests : IDisposable
{
    private readonly CliRun _run = new();

    public TrainCommandTests() => SampleLabelled.CopyTo(Path.Combine(_run.Folder, "desk"), 120);

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("--labels is at least 50", "--labels", "0")]
    [InlineData("--labels is at least 50", "--labels", "49")]
    [InlineData("there is no folder", "--out", "none/x.router")]
    [InlineData("'desk' is a folder. Name the file to write.", "--out", "desk")]
    [InlineData("there is no folder", "--json", "none/x.json")]
    [InlineData("--data names 'desk' twice", "--data", "desk")]
    [InlineData("There is no file 'nosuch'. Model names are a CSV file: set,model,name.", "--names", "nosuch")]
    [InlineData("--model goes with --gate: leave it out.", "--model", "acorn-mini")]
    public async Task Train_AskedForWhatMakesNoSense_SaysSoBeforeItLearns(string words, string option, string value)
    {
        string[] output = option is "--out" ? [] : ["--out", "x.router"];

        int code = await _run.RunAsync(["train", "--data", "desk", option, value, .. output]);

        code.ShouldBe(ExitCodes.Usage);
        _run.Error.ShouldContain(words);
        _run.Error.ShouldNotContain("latent space");
    }

    [Theory]
    [InlineData("Set 'desk' has no answers of model 'nope'. It has: acorn-mini", "--pair", "acorn-mini,nope")]
    [InlineData("Set 'desk' has no answers of model 'nope'. It has: acorn-mini", "--pool", "acorn-mini,nope")]
    [InlineData("of model 'ceder-max'. Did you mean 'cedar-max'?", "--pair", "acorn-mini,ceder-max")]
    [InlineData("of model 'ceder-max'. Did you mean 'cedar-max'?", "--pool", "acorn-mini,ceder-max")]
    [InlineData(
        "No set has answers of model 'ceder-max'. Did you mean 'cedar-max'?",
        "--data",
        "more",
        "--pool",
        "acorn-mini,ceder-max"
    )]
    [InlineData(
        "of model 'ceder-max'. Did you mean 'cedar-max'?",
        "--pool",
        "acorn-mini,ceder-max",
        "--pair",
        "acorn-mini,cedar-max"
    )]
    [InlineData("of model 'ceder-max'. Did you mean 'cedar-max'?", "--gate", "sums", "--model", "ceder-max")]
    public async Task Train_OfAModelThatTheDataLacks_SaysSoBeforeItLearns(string words, params string[] args)
    {
        SampleLabelled.CopyTo(Path.Combine(_run.Folder, "more"), 60, skip: 120);

        int code = await _run.RunAsync(["train", "--data", "desk", "--out", "x.router", .. args]);

        code.ShouldBe(ExitCodes.Failed);
        _run.Error.ShouldContain(words);
        _run.Error.ShouldNotContain("latent space");
    }

    [Fact]
    public async Task Train_OfAPairOutsideThePool_IsRefused_SinceItsGainWouldNeverBeAsked()
    {
        int code = await _run.RunAsync(
            "train",
            "--data",
            "desk",
            "--out",
            "x.router",
            "--pool",
            "acorn-mini,acorn-pro",
            "--pair",
            "acorn-mini,cedar-max"
        );

        code.ShouldBe(ExitCodes.Usage);
        _run.Error.ShouldContain("--pair names 'cedar-max', which is not in --pool.");
    }

    [Theory]
    [InlineData("--pool", "acorn-mini,acorn-pro")]
    [InlineData("--labels", "100")]
    [InlineData("--json", "x.json")]
    public async Task Train_OfAGate_RefusesWhatIsOfRoutersOnly(string option, string value)
    {
        int code = await _run.RunAsync("train", "--data", "desk", "--out", "x.router", "--gate", "sums", option, value);

        code.ShouldBe(ExitCodes.Usage);
        _run.Error.ShouldContain($"{option} does not go with --gate: leave it out.");
    }

    [Fact]
    public async Task Train_OnTooFewAnswers_SaysHowManyAreNeeded()
    {
        SampleLabelled.CopyTo(Path.Combine(_run.Folder, "few"), 30);

        (await _run.RunAsync("train", "--data", "few", "--out", "x.router")).ShouldBe(ExitCodes.Failed);
        _run.Error.ShouldContain("No model has 50 answers among the");

        string results = Path.Combine(_run.Folder, "desk", "results.csv");
        File.WriteAllLines(
            results,
            File.ReadAllLines(results).Where((line, i) => i < 40 || !line.Contains("cedar-max"))
        );
        (
            await _run.RunAsync("train", "--data", "desk", "--out", "x.router", "--pair", "acorn-mini,cedar-max")
        ).ShouldBe(ExitCodes.Failed);
        _run.Error.ShouldContain("have answers of both 'acorn-mini' and 'cedar-max'; at least 50 are needed.");
    }

    [Fact]
    public async Task Train_OnOneQuestionAskedAgainAndAgain_SaysThatItTeachesNothing()
    {
        string queries = Path.Combine(_run.Folder, "desk", "queries.jsonl");
        File.WriteAllLines(
            queries,
            File.ReadAllLines(queries)
                .Select(line => $$"""{"query_id": "{{line.Split('"')[3]}}", "prompt": "How much is two plus two?"}""")
        );

        (await _run.RunAsync("train", "--data", "desk", "--out", "x.router")).ShouldBe(ExitCodes.Failed);

        _run.Error.ShouldContain("questions to learn from are nearly all the same");
        File.Exists(Path.Combine(_run.Folder, "x.router")).ShouldBeFalse();
    }

    [Fact]
    public async Task Train_WritesItsFiguresWhereAskedAndNothingBeside()
    {
        string file = Path.Combine(_run.Folder, "x.router");
        File.WriteAllText(file, "an older router");

        (
            await _run.RunAsync(
                "train",
                "--data",
                "desk",
                "--pair",
                "cedar-max,acorn-mini",
                "--out",
                "x.router",
                "--json",
                "x.json"
            )
        ).ShouldBe(ExitCodes.Ok, _run.Error);

        _run.Error.ShouldContain("wye: on 'desk' cedar-max is better than acorn-mini");
        _run.Error.ShouldContain("Did you mean --pair acorn-mini,cedar-max?");
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_run.Folder, "x.json")));
        json.RootElement.GetProperty("router").GetString().ShouldBe("x");
        Directory
            .GetFiles(_run.Folder)
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["x.json", "x.router"]);
    }

    [Fact]
    public async Task Train_IntoAFileThatCannotBeMade_SaysSoBeforeItLearns()
    {
        // The name itself would do; what is written first, beside it, is longer than names may be.
        string file = new('x', 250);

        (await _run.RunAsync("train", "--data", "desk", "--out", file)).ShouldBe(ExitCodes.Usage);

        _run.Error.ShouldContain($"'{file}' cannot be written: no file can be made beside it (");
        _run.Error.ShouldNotContain("latent space");
    }

    [Fact]
    public void OutputFile_WhoseWritingFails_StaysAsItWas()
    {
        string file = Path.Combine(_run.Folder, "kept.json");
        File.WriteAllText(file, "kept");

        Should.Throw<InvalidOperationException>(() =>
            OutputFile.Write(
                file,
                stream =>
                {
                    stream.WriteByte(1);
                    throw new InvalidOperationException();
                }
            )
        );

        File.ReadAllText(file).ShouldBe("kept");
        Directory.GetFiles(_run.Folder).Length.ShouldBe(1);
    }
}
