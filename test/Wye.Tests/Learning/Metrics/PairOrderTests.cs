using Wye.Learning.Numerics;

namespace Wye.Learning.Metrics;

public sealed class PairOrderTests
{
    [Fact]
    public void Curve_OfCountedQuestions_EqualsTheCurveOfTheirCopies()
    {
        var random = new Gaussian(5);
        const int n = 60;
        float[] score = [.. Enumerable.Range(0, n).Select(_ => (float)random.NextBelow(12))];
        float[] weak = [.. Enumerable.Range(0, n).Select(_ => random.NextUniform() < 0.5 ? 1f : 0f)];
        float[] strong = [.. Enumerable.Range(0, n).Select(_ => random.NextUniform() < 0.8 ? 1f : 0f)];
        int[] drawn = [.. Enumerable.Range(0, n).Select(_ => random.NextBelow(n))];
        int[] times = new int[n];
        foreach (int d in drawn)
            times[d]++;

        PairCurve counted = new PairOrder(score, weak, strong).Curve(times);
        var copied = new PairCurve(Pick(score, drawn), Pick(weak, drawn), Pick(strong, drawn));

        counted.Apgr().ShouldBe(copied.Apgr(), 1e-9);
        counted.Cpt(0.8).ShouldBe(copied.Cpt(0.8), 1e-9);
        counted.QualityAtShare(0.37).ShouldBe(copied.QualityAtShare(0.37), 1e-9);
    }

    private static float[] Pick(float[] from, int[] rows) => Array.ConvertAll(rows, r => from[r]);
}
