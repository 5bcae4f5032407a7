using System.Collections.Concurrent;
using System.Text;
using Wye.Chat.Prompts;
using Wye.Cli.Terminals;
using Wye.Learning.Reading;
using Wye.Simulator;
using Wye.Testing;

namespace Wye.Cli.Learning;

public sealed class EmbedCommandTests : IDisposable
{
    private const string Model = "text-embedding-3-small";
    private readonly CliRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Embed_IntoAFolderThatIsNotThere_SaysSoBeforeItAsks()
    {
        SampleLabelled.CopyTo(Path.Combine(_run.Folder, "desk"), 3);

        (
            await _run.RunAsync(
                "embed",
                "--data",
                "desk",
                "--url",
                "http://127.0.0.1:9/v1",
                "--model",
                Model,
                "--out",
                "none/desk.vec"
            )
        ).ShouldBe(ExitCodes.Usage);

        _run.Error.ShouldContain("there is no folder");
    }

    [Fact]
    public async Task Vectors_AreGotOnce_TrainedOn_AndMeasuredWith()
    {
        SampleLabelled.CopyTo(Path.Combine(_run.Folder, "desk"), 300);
        _run.Environment["SIM_KEY"] = "k";
        var options = new SimulatorOptions { ApiKeys = new HashSet<string> { "k" } };
        await using (var simulator = await SimulatorServer.StartAsync(options, CancellationToken.None))
        {
            await EmbedAsync($"{simulator.Address}v1", ExitCodes.Ok);
            _run.Output.ShouldContain($"300 texts have vectors of {Model}, 300 of them new");
        }

        // Nobody is there any more, and nobody is asked.
        await EmbedAsync("http://127.0.0.1:9/v1", ExitCodes.Ok);
        _run.Output.ShouldContain($"300 texts have vectors of {Model}, 0 of them new");

        await OkAsync("train", "--data", "desk", "--embeddings", "desk.vec", "--pair", Pair, "--out", "desk.router");
        await OkAsync("eval", "--data", "desk", "--router", "desk.router", "--embeddings", "desk.vec", "--guard");
        await OkAsync("eval", "--data", "desk", "--embeddings", "desk.vec", "--pair", Pair, "--folds", "2");
        (await _run.RunAsync("eval", "--data", "desk", "--router", "desk.router")).ShouldBe(ExitCodes.Failed);
        _run.Error.ShouldContain(
            $"The router was trained on embeddings of {Model} (32 numbers, shortened). Give them with --embeddings FILE"
        );
        (
            await _run.RunAsync("eval", "--data", "desk", "--embeddings", "desk.vec", "--pair", Pair, "--perturb")
        ).ShouldBe(ExitCodes.Usage);
        await OkAsync("train", "--data", "desk", "--labels", "60", "--out", "words.router");
        (
            await _run.RunAsync("eval", "--data", "desk", "--router", "words.router", "--embeddings", "desk.vec")
        ).ShouldBe(ExitCodes.Usage);
        _run.Error.ShouldContain("leave out --embeddings.");
    }

    [Fact]
    public async Task ServerThatDoesNotAnswer_IsNotAskedTwice()
    {
        SampleLabelled.CopyTo(Path.Combine(_run.Folder, "desk"), 60);
        _run.Environment["SIM_KEY"] = "very-secret";

        await EmbedAsync("http://127.0.0.1:9/v1", ExitCodes.Failed);

        _run.Error.ShouldContain($"No vector was got: encoder {Model} cannot be reached.");
        _run.Error.ShouldNotContain("very-secret");
        File.Exists(Path.Combine(_run.Folder, "desk.vec")).ShouldBeFalse();
    }

    [Fact]
    public async Task KeyThatIsNotSet_IsNamed()
    {
        SampleLabelled.CopyTo(Path.Combine(_run.Folder, "desk"), 60);

        (await _run.RunAsync("embed", "--data", "desk", "--model", Model, "--out", "desk.vec")).ShouldBe(
            ExitCodes.Usage
        );

        _run.Error.ShouldContain("OPENAI_API_KEY is not set");
    }

    [Fact]
    public async Task TextThatFailsNowAndThen_IsAskedAgain()
    {
        var encoder = new ShakyEncoder(failures: EmbedRun.Tries - 1);

        (await RunAsync(encoder, "one", "two", "three")).ShouldBe(3);

        VectorFile.Read(Shaky).Count.ShouldBe(3);
        encoder.Asked["two"].ShouldBe(EmbedRun.Tries);
    }

    [Fact]
    public async Task TextThatFailsAlways_EndsTheRun_AndWhatWasGotIsKept()
    {
        var fault = await Should.ThrowAsync<CliFailureException>(() =>
            RunAsync(new ShakyEncoder(failures: int.MaxValue), "one", "three", "two")
        );

        fault.Message.ShouldContain($"encoder shaky answered 503, {EmbedRun.Tries} times in a row. 2 vectors are kept");
        VectorFile.Read(Shaky).Count.ShouldBe(2);
        (await RunAsync(new ShakyEncoder(failures: 0), "one", "three", "two")).ShouldBe(1);
    }

    [Fact]
    public async Task VectorOfAnotherLength_IsRefused_AndNotKept()
    {
        var fault = await Should.ThrowAsync<CliFailureException>(() =>
            RunAsync(new ShakyEncoder(failures: 0), "one", "longer")
        );

        fault.Message.ShouldContain("shaky gave 3 numbers where");
        VectorFile.Read(Shaky).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("zeros", "nothing but zeros")]
    [InlineData("not a number", "numbers that are not finite")]
    public async Task VectorThatSaysNothing_IsRefused_AndNotKept(string text, string what)
    {
        string words = $"shaky at http://shaky.test/v1 gave {what} for query_id '{text}'.";

        // As the first of a file it would leave an empty one behind.
        (
            await Should.ThrowAsync<CliFailureException>(() => RunAsync(new ShakyEncoder(0), text))
        ).Message.ShouldContain(words);
        File.Exists(Shaky).ShouldBeFalse();
        (
            await Should.ThrowAsync<CliFailureException>(() => RunAsync(new ShakyEncoder(0), "one", text))
        ).Message.ShouldContain(words);
        VectorFile.Read(Shaky).Count.ShouldBe(1);
    }

    private const string Pair = "acorn-mini,cedar-max";

    private string Shaky => Path.Combine(_run.Folder, "shaky.vec");

    private async Task OkAsync(params string[] args) => (await _run.RunAsync(args)).ShouldBe(ExitCodes.Ok, _run.Error);

    private async Task EmbedAsync(string url, int code) =>
        (
            await _run.RunAsync(
                "embed",
                "--data",
                "desk",
                "--url",
                url,
                "--key-env",
                "SIM_KEY",
                "--model",
                Model,
                "--dimensions",
                "32",
                "--out",
                "desk.vec"
            )
        ).ShouldBe(code, _run.Error);

    // Pauses pass at once.
    private async Task<int> RunAsync(ShakyEncoder encoder, params string[] texts)
    {
        var time = new ManualTime();
        var context = new CliContext
        {
            Terminal = new Terminal(new StringWriter(), new StringWriter(), new StringReader("")),
            Environment = _ => null,
            Time = time,
            Folder = _run.Folder,
        };
        Task<int> running = new EmbedRun(
            context,
            encoder,
            Shaky,
            shortened: false,
            "http://shaky.test/v1",
            text => $"query_id '{text}'"
        ).RunAsync(texts, parallel: 1, TestContext.Current.CancellationToken);
        while (!running.IsCompleted)
        {
            if (time.NextDue is { } due)
                time.Advance(due);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        return await running;
    }

    /// <summary>Fails for "two", so many times; of "longer" it gives one number more, others are named by what they give.</summary>
    private sealed class ShakyEncoder(int failures) : IPromptEncoder
    {
        public ConcurrentDictionary<string, int> Asked { get; } = new(StringComparer.Ordinal);

        public string Name => "shaky";

        public ValueTask<PromptVector> EncodeAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
        {
            string text = Encoding.UTF8.GetString(utf8.Span);
            int asked = Asked.AddOrUpdate(text, 1, (_, times) => times + 1);
            return new(
                text == "two" && asked <= failures
                    ? PromptVector.Failed("encoder shaky answered 503")
                    : new PromptVector(
                        text switch
                        {
                            "longer" => new float[] { 1, 0, 0 },
                            "zeros" => [0, 0],
                            "next to nothing" => [1e-9f, 0],
                            "not a number" => [float.NaN, 0],
                            _ => [1, 0],
                        },
                        null
                    )
            );
        }
    }
}
