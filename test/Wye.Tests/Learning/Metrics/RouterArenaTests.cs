namespace Wye.Learning.Metrics;

public sealed class RouterArenaTests
{
    [Fact]
    public void Score_AtTheCheapestCost_WeighsFullCheapness() =>
        // C̃ = 1: (1.1 · .5 · 1) / (.05 + 1).
        RouterArena.Score(0.5, 0.0044).ShouldBe(0.55 / 1.05, 1e-9);

    [Fact]
    public void Score_AtTheDearestCost_IsZero() => RouterArena.Score(0.9, 200).ShouldBe(0, 1e-9);

    [Fact]
    public void Score_AtTheGeometricMiddle_HasHalfTheCheapness()
    {
        double middle = Math.Sqrt(200 * 0.0044);

        RouterArena.Score(0.8, middle).ShouldBe(1.1 * 0.8 * 0.5 / (0.08 + 0.5), 1e-9);
    }
}
