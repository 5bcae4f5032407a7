using System.Text.Json;

namespace Wye.Cli.Learning;

public sealed class CalibrateCommandTests : IDisposable
{
    private const string Pair = "acorn-mini,cedar-max";
    private readonly CliRun _run = new();

    public CalibrateCommandTests()
    {
        SampleLabelled.CopyTo(Path.Combine(_run.Folder, "train"), 250);
        SampleLabelled.CopyTo(Path.Combine(_run.Folder, "live"), 300, skip: 250);
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Calibrate_SaysWhatItCanPromiseAndWhatNot()
    {
        (await _run.RunAsync("train", "--data", "train", "--pair", Pair, "--out", "desk.router")).ShouldBe(
            ExitCodes.Ok,
            _run.Error
        );

        (await Calibrate("strong-share=0.25", "a.router")).ShouldBe(ExitCodes.Ok, _run.Error);
        // A few questions of 300 more or less: sums in another order, on another processor, may part scores that were equal.
        _run.Output.ShouldMatch(@"strong share 0\.25\. On 300 questions the router was not trained on 2[3-6]\.\d %");
        (await Calibrate("quality=0.999", "b.router")).ShouldBe(ExitCodes.Failed);
        _run.Output.ShouldContain(
            "Not achievable with this router: on 300 questions no threshold below \"strong for every call\" keeps 99.9% of strong quality with 95 % confidence."
        );
        File.Exists(Path.Combine(_run.Folder, "b.router")).ShouldBeFalse();
        (
            await _run.RunAsync(
                "calibrate",
                "--router",
                "desk.router",
                "--data",
                "live",
                "--target",
                "quality=0.999",
                "--confidence",
                "0.9999",
                "--out",
                "b.router",
                "--json",
                "b.json"
            )
        ).ShouldBe(ExitCodes.Failed);
        using var refused = JsonDocument.Parse(File.ReadAllText(Path.Combine(_run.Folder, "b.json")));
        refused.RootElement.GetProperty("achieved").GetBoolean().ShouldBeFalse();
        refused
            .RootElement.GetProperty("target")
            .GetString()
            .ShouldNotBeNull()
            .ShouldStartWith("with 99.99 % confidence");
        (
            await _run.RunAsync(
                "calibrate",
                "--router",
                "desk.router",
                "--data",
                "live",
                "live",
                "--target",
                "strong-share=0.25",
                "--out",
                "b.router"
            )
        ).ShouldBe(ExitCodes.Usage);
        _run.Error.ShouldContain("--data names 'live' twice");
        (
            await _run.RunAsync(
                "calibrate",
                "--router",
                "desk.router",
                "--data",
                "live",
                "--pair",
                "cedar-max,acorn-mini",
                "--target",
                "strong-share=0.25",
                "--out",
                "b.router"
            )
        ).ShouldBe(ExitCodes.Ok, _run.Error);
        _run.Error.ShouldContain("wye: on 'live' cedar-max is better than acorn-mini");
        _run.Error.ShouldContain("Did you mean --pair acorn-mini,cedar-max?");
        (await Calibrate("cost=0.00000001", "c.router")).ShouldBe(ExitCodes.Failed);
        _run.Output.ShouldContain("Not achievable: the weak model alone costs USD");

        // Calibrated for a quarter of the calls: the same traffic shows no drift, and that share.
        (await _run.RunAsync("eval", "--router", "a.router", "--data", "live", "--json", "live.json")).ShouldBe(
            ExitCodes.Ok,
            _run.Error
        );
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_run.Folder, "live.json")));
        JsonElement drift = json.RootElement.GetProperty("drift");
        drift.GetProperty("psi").GetDouble().ShouldBeLessThan(0.01);
        drift.GetProperty("realised_strong_share").GetDouble().ShouldBe(0.25, 0.02);
        json.RootElement.GetProperty("operating_point")
            .GetString()
            .ShouldNotBeNull()
            .ShouldMatch("^2[3-7] % to strong$");

        (await _run.RunAsync("eval", "--router", "desk.router", "--data", "live", "--guard")).ShouldBe(
            ExitCodes.Failed
        );
        _run.Error.ShouldContain("may not be called unseen. Give --data the same sets: train.");
        (
            await _run.RunAsync("eval", "--router", "desk.router", "--data", "train", "--pair", "acorn-mini,cedar-mx")
        ).ShouldBe(ExitCodes.Failed);
        _run.Error.ShouldContain("Did you mean 'cedar-max'?");
        (await _run.RunAsync("eval", "--router", "desk.router", "--data", "train", "--pool", Pair)).ShouldBe(
            ExitCodes.Failed
        );
        _run.Error.ShouldContain(
            "questions of 'train' are new to the router and have a score and a cost for every model of the pool; at least 100 are needed. Measure on other data"
        );
    }

    [Theory]
    [InlineData("quality", "'quality' is no target.")]
    [InlineData("speed=3", "'speed' is no target. Write strong-share=0.3")]
    [InlineData("quality=1.5", "quality=1.5 is out of range")]
    [InlineData("cost=0", "cost=0 is out of range: a cost is above 0.")]
    [InlineData("cost=Infinity", "cost=Infinity is out of range")]
    [InlineData("strong-share=NaN", "strong-share=NaN is out of range")]
    public async Task Target_ThatMakesNoSense_IsRefusedAsUsage(string target, string words)
    {
        (await Calibrate(target, "x.router")).ShouldBe(ExitCodes.Usage);

        _run.Error.ShouldContain(words);
    }

    [Theory]
    [InlineData("strong-share=0.3")]
    [InlineData("cost=0.001")]
    public async Task Confidence_OfATargetThatPromisesNothing_IsRefused(string target)
    {
        (await Calibrate(target, "x.router", "--confidence", "0.99")).ShouldBe(ExitCodes.Usage);

        _run.Error.ShouldContain("--confidence goes with --target quality=…: leave it out.");
    }

    private Task<int> Calibrate(string target, string file, params string[] more) =>
        _run.RunAsync([
            "calibrate",
            "--router",
            "desk.router",
            "--data",
            "live",
            "--target",
            target,
            "--out",
            file,
            .. more,
        ]);
}
