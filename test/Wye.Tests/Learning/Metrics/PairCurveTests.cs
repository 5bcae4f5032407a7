using Wye.Learning.Numerics;

namespace Wye.Learning.Metrics;

public sealed class PairCurveTests
{
    // Four questions; only the first two gain. Qw = 1/4, Qs = 3/4, gap 1/2.
    private static readonly float[] Weak = [0, 0, 0, 1];
    private static readonly float[] Strong = [1, 1, 0, 1];

    [Fact]
    public void Apgr_OfPerfectOrder_IsComputedByHand()
    {
        var curve = new PairCurve([0.9f, 0.8f, 0.2f, 0.1f], Weak, Strong);

        // PGR 0, .5, 1, 1, 1: trapezoids (.25 + .75 + 1 + 1) / 4.
        curve.Apgr().ShouldBe(0.75, 1e-9);
        curve.Cpt(0.5).ShouldBe(0.25, 1e-9);
        curve.Cpt(0.8).ShouldBe(0.4, 1e-9);
    }

    [Fact]
    public void Apgr_OfReversedOrder_MirrorsThePerfectOne()
    {
        var curve = new PairCurve([0.1f, 0.2f, 0.8f, 0.9f], Weak, Strong);

        curve.Apgr().ShouldBe(0.25, 1e-9);
        curve.Cpt(0.5).ShouldBe(0.75, 1e-9);
    }

    [Fact]
    public void Apgr_OfEqualScores_IsOneHalf() => new PairCurve([1, 1, 1, 1], Weak, Strong).Apgr().ShouldBe(0.5, 1e-9);

    [Fact]
    public void Apgr_OfRandomRouter_IsOneHalf()
    {
        var random = new Gaussian(7);
        const int n = 20_000;
        float[] score = new float[n];
        float[] weak = new float[n];
        float[] strong = new float[n];
        for (int i = 0; i < n; i++)
        {
            score[i] = random.NextNormal();
            weak[i] = random.NextUniform() < 0.5 ? 1 : 0;
            strong[i] = random.NextUniform() < 0.9 ? 1 : 0;
        }

        new PairCurve(score, weak, strong).Apgr().ShouldBe(0.5, 0.02);
    }

    [Fact]
    public void ApgrTenBins_OfTenQuestions_EqualsTheExactOne()
    {
        float[] score = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
        float[] weak = [0, 1, 0, 0, 1, 0, 1, 1, 1, 1];
        float[] strong = [1, 1, 1, 0, 0, 1, 1, 1, 1, 1];
        var curve = new PairCurve(score, weak, strong);

        curve.ApgrTenBins().ShouldBe(curve.Apgr(), 1e-9);
    }

    [Fact]
    public void Apgr_OfEquallyGoodModels_IsUndefined_HoweverTheirScoresAreRounded()
    {
        float[] marks = [0.1f, 0.2f, 0.3f, 0.7f, 0.9f];
        float[] score = [.. Enumerable.Range(0, 200).Select(i => (float)(i % 7))];
        float[] weak = [.. Enumerable.Range(0, 200).Select(i => marks[i % 5])];
        float[] strong = [.. Enumerable.Range(0, 200).Select(i => marks[((i * 3) + 1) % 5])];
        var curve = new PairCurve(score, weak, strong);

        curve.Apgr().ShouldBe(double.NaN);
        curve.ApgrTenBins().ShouldBe(double.NaN);
        curve.Cpt(0.5).ShouldBe(double.NaN);
        RouteLlmHarness.Of(score, weak, strong).Apgr.ShouldBe(double.NaN);
    }

    [Fact]
    public void Cpt_NeverReached_IsAllCalls() => new PairCurve([1, 0], [0, 1], [1, 1]).Cpt(2).ShouldBe(1);
}
