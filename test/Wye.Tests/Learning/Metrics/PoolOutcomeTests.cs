namespace Wye.Learning.Metrics;

public sealed class PoolOutcomeTests
{
    // Cheap answers the first two, dear answers all; dear costs ten times as much.
    private static readonly PoolOutcome Pool = new(
        ["cheap", "dear"],
        [1, 1, 1, 1, 0, 1, 0, 1],
        [1, 10, 1, 10, 1, 10, 1, 10]
    );

    [Fact]
    public void Savings_OfAPerfectPredictor_SendsOnlyWhatNeedsIt()
    {
        float[] predicted = [0.9f, 0.9f, 0.9f, 0.9f, 0.1f, 0.9f, 0.1f, 0.9f];

        // Two cheap, two dear: 22 / 4 against 10.
        Pool.Savings(Pool.Sweep(predicted, Pool.Cost)).ShouldBe(0.45, 1e-9);
    }

    [Fact]
    public void Savings_OfAnUninformedPredictor_AreNothing()
    {
        float[] predicted = [0.5f, 1, 0.5f, 1, 0.5f, 1, 0.5f, 1];

        Pool.Savings(Pool.Sweep(predicted, Pool.Cost)).ShouldBe(0, 1e-9);
    }

    [Fact]
    public void Means_AreNotRounded_SoThatASettingAsGoodAsTheBestSingleCounts()
    {
        // Dear is right on 456 of 500, cheap on none: in 32 bits their mean would lie above what any choice reaches.
        var pool = new PoolOutcome(
            ["cheap", "dear"],
            [.. Enumerable.Range(0, 500).SelectMany(i => (float[])[0, i < 456 ? 1 : 0])],
            [.. Enumerable.Range(0, 500).SelectMany(_ => (double[])[1, 10])]
        );
        var sweep = ChoiceSweep.ByScore([.. Enumerable.Range(0, 500).Select(i => -(float)i)]);

        double best = pool.Means()[1].Quality;

        best.ShouldBe(0.912, 1e-15);
        sweep.Setting(sweep.Cheapest(pool, best)).ShouldBe(0.92);
    }

    [Fact]
    public void ChoiceFigures_CountUnderAndOverRouting()
    {
        ChoiceFigures figures = ChoiceFigures.Of(Pool, [0, 1, 0, 1]);

        figures.UnderRouting.ShouldBe(0.25);
        figures.OverRouting.ShouldBe(0.25);
        figures.Quality.ShouldBe(0.75);
        figures.Regret.ShouldBe(0.25);
        figures.Entropy.ShouldBe(1, 1e-9);
        figures.CostPerThousand.ShouldBe(5500);
    }

    [Fact]
    public void ChoiceFigures_OfAMixedPool_AreComputedByHand()
    {
        // Half cheap, half dear, on the questions where cheap is right: quality .5 + .5·… = (1 + 1 + 0 + 1) / 4.
        ChoiceFigures figures = ChoiceFigures.Of(Pool, [0, 1, 0, 1], bar: 0.5);

        // The random mix of the same cost 5.5 lies half-way between .5 and 1.
        figures.OverMix.ShouldBe(0, 1e-9);
        figures.Violations.ShouldBe(0.25);
        double.IsNaN(figures.GapClosed).ShouldBeTrue();
        // RouterArena clips 5,500 USD per thousand to its dearest: worth nothing.
        figures.Arena.ShouldBe(0, 1e-9);
        ChoiceFigures.Of(Pool, [0, 0, 1, 1]).OverMix.ShouldBe(0.25, 1e-9);
    }

    [Fact]
    public void ChoiceFigures_OfAResample_KeepTheBestSingleOfAll()
    {
        ChoiceFigures figures = ChoiceFigures.Of(Pool, [0, 0, 0, 0], drawn: [2, 2, 3, 3]);

        figures.Quality.ShouldBe(0);
        figures.UnderRouting.ShouldBe(1);
        figures.Regret.ShouldBe(1);
        figures.Entropy.ShouldBe(0);
    }

    [Fact]
    public void Oracle_TakesTheCheapestOfEquals() => Enumerable.Range(0, 4).Select(Pool.Oracle).ShouldBe([0, 0, 1, 1]);
}
