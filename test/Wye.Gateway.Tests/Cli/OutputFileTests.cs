namespace Wye.Cli;

public sealed class OutputFileTests : IDisposable
{
    private const string Pair = "acorn-mini,cedar-max";
    private readonly CliRun _run = new();

    public OutputFileTests() => SampleLabelled.CopyTo(Path.Combine(_run.Folder, "desk"), 60);

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("--json and --report", "eval", "--pair", Pair, "--json", "x", "--report", "x")]
    [InlineData("--json and --predictions-out", "eval", "--pair", Pair, "--json", "x", "--predictions-out", "./x")]
    [InlineData(
        "--predictions-out and --report",
        "eval",
        "--pair",
        Pair,
        "--predictions-out",
        "x",
        "--report",
        "desk/../x"
    )]
    [InlineData(
        "--json and --predictions-out",
        "eval",
        "--policy",
        "cascade",
        "--pair",
        Pair,
        "--json",
        "x",
        "--predictions-out",
        "x"
    )]
    [InlineData("--out and --json", "train", "--out", "x", "--json", "x")]
    public async Task TwoOptions_ThatNameOneFile_AreRefused(string options, params string[] args)
    {
        (await _run.RunAsync([.. args, "--data", "desk"])).ShouldBe(ExitCodes.Usage);

        _run.Error.ShouldContain($"{options} name the same file");
        File.Exists(Path.Combine(_run.Folder, "x")).ShouldBeFalse();
    }

    [Fact]
    public async Task TwoOptions_ThatNameOneFileThroughALink_AreRefused()
    {
        _run.Write("x", "kept");
        File.CreateSymbolicLink(Path.Combine(_run.Folder, "link"), "x");

        (await _run.RunAsync("eval", "--data", "desk", "--pair", Pair, "--json", "x", "--report", "link")).ShouldBe(
            ExitCodes.Usage
        );

        _run.Error.ShouldContain("--json and --report name the same file");
    }
}
