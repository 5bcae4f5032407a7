using System.Globalization;
using System.Text.Json;
using Wye.Learning.Metrics;

namespace Wye.Cli.Learning;

/// <summary>What <c>wye eval --predictions-out</c> writes: enough to recompute the figures.</summary>
public sealed class EvalPredictionTests : IDisposable
{
    private readonly EvalDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Eval_OfAPoolWithAFreeModel_PredictsThatItCostsNothing()
    {
        _desk.Rewrite(fields => fields[1] is "acorn-mini" ? [.. fields[..^1], "0"] : fields);

        (
            await _desk.MeasureAsync("--pool acorn-mini,acorn-pro,cedar-max --folds 2 --predictions-out p.jsonl")
        ).ShouldBe(ExitCodes.Ok, _desk.Error);

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
        _desk.Take(600);
        _desk.Rewrite(fields =>
            fields[1] is "cedar-max" && fields[0][^1] is not ('0' or '5') ? [.. fields[..^1], ""] : fields
        );

        (
            await _desk.MeasureAsync($"--pool {EvalDesk.Pair} --folds 2 --train-on 50 --predictions-out p.jsonl")
        ).ShouldBe(ExitCodes.Ok, _desk.Error);

        Lines("p.jsonl").ShouldAllBe(l => l.GetProperty("cost").GetProperty("cedar-max").GetDouble() > 0);
    }

    [Fact]
    public async Task Predictions_OfAPair_AreEnoughToRecomputeTheFigures()
    {
        (
            await _desk.MeasureAsync($"--pair {EvalDesk.Pair} --folds 2 --json figures.json --predictions-out p.jsonl")
        ).ShouldBe(ExitCodes.Ok, _desk.Error);

        using JsonDocument figures = _desk.Parsed("figures.json");
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
            await _desk.MeasureAsync(
                $"--pool {string.Join(',', models)} --folds 2 --json figures.json --predictions-out p.jsonl --report r.html"
            )
        ).ShouldBe(ExitCodes.Ok, _desk.Error);

        using JsonDocument figures = _desk.Parsed("figures.json");
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

        string page = await File.ReadAllTextAsync(_desk.PathOf("r.html"), TestContext.Current.CancellationToken);
        page.ShouldContain("<svg");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
    }

    private static string Id(JsonElement line) => line.GetProperty("query_id").GetString()!;

    private static float Quality(JsonElement line, string model) =>
        line.GetProperty("quality").GetProperty(model).GetSingle();

    private static string Chosen(JsonElement line) => line.GetProperty("chosen").GetString()!;

    private static double First(JsonElement of, string name) => of.GetProperty(name)[0].GetDouble();

    private JsonElement[] Lines(string file) =>
        [
            .. File.ReadLines(_desk.PathOf(file))
                .Select(line =>
                {
                    using var json = JsonDocument.Parse(line);
                    return json.RootElement.Clone();
                }),
        ];

    private Dictionary<string, (double Score, double Cost)> Results() =>
        File.ReadLines(_desk.PathOf("desk", "results.csv"))
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
