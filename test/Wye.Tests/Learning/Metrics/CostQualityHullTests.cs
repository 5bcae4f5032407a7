namespace Wye.Learning.Metrics;

public sealed class CostQualityHullTests
{
    [Fact]
    public void Hull_DropsDominatedAndInnerPoints()
    {
        var hull = new CostQualityHull([(1, 0.5), (2, 0.55), (3, 0.9), (4, 0.8)]);

        hull.Corners.ShouldBe([(1, 0.5), (3, 0.9)]);
        hull.At(2).ShouldBe(0.7, 1e-9);
        hull.At(9).ShouldBe(0.9, 1e-9);
        hull.CostOf(0.7).ShouldBe(2, 1e-9);
        hull.CostOf(0.95).ShouldBe(double.NaN);
    }

    [Fact]
    public void Aiq_IsMeanHullHeight()
    {
        // From 1 to 3 the hull rises from .5 to .9, then is flat to 5: (2·.7 + 2·.9) / 4.
        var hull = new CostQualityHull([(1, 0.5), (3, 0.9)]);

        hull.Aiq(1, 5).ShouldBe(0.8, 1e-9);
    }

    [Fact]
    public void Aiq_CountsNothingBeforeTheFirstPoint() => new CostQualityHull([(2, 1.0)]).Aiq(0, 4).ShouldBe(0.5, 0.01);
}
