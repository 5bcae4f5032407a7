namespace Wye.Learning.Metrics;

public sealed class ChoiceSweepTests
{
    private static readonly PoolOutcome Pool = new(
        ["cheap", "dear"],
        [1, 1, 1, 1, 0, 1, 0, 1],
        [1, 10, 1, 10, 1, 10, 1, 10]
    );

    [Fact]
    public void TradeOff_StartsAtQualityOnlyAndEndsAtTheCheapest()
    {
        ChoiceSweep sweep = ChoiceSweep.ByTradeOff(2, [0.9f, 0.9f, 0.9f, 0.95f, 0.1f, 0.9f, 0.2f, 0.9f], Pool.Cost);

        sweep.Setting(0).ShouldBe(0);
        sweep.Choices(0).ShouldBe([0, 1, 1, 1]);
        sweep.Choices(sweep.Count - 1).ShouldBe([0, 0, 0, 0]);
        sweep.Points(Pool)[0].ShouldBe((1, 7.75));
    }

    [Fact]
    public void Points_OfAResample_CountRepeatedQuestions()
    {
        ChoiceSweep sweep = ChoiceSweep.ByTradeOff(2, [1, 0, 1, 0, 1, 0, 1, 0], Pool.Cost);

        sweep.Points(Pool, [0, 0, 0, 2])[0].ShouldBe((0.75, 1));
    }

    [Fact]
    public void Score_SendsTheHighestFirst()
    {
        ChoiceSweep sweep = ChoiceSweep.ByScore([0.1f, 0.4f, 0.2f, 0.3f], 4);

        sweep.Choices(0).ShouldBe([0, 0, 0, 0]);
        sweep.Choices(2).ShouldBe([0, 1, 0, 1]);
        sweep.Choices(4).ShouldBe([1, 1, 1, 1]);
    }

    [Fact]
    public void Cheapest_ReachingAQuality_IsFoundOrDenied()
    {
        ChoiceSweep sweep = ChoiceSweep.ByScore([0, 0.1f, 0.9f, 0.8f], 4);

        sweep.Choices(sweep.Cheapest(Pool, 1)).ShouldBe([0, 0, 1, 1]);
        sweep.Cheapest(Pool, 1.1).ShouldBe(-1);
    }
}
