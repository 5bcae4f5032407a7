namespace Wye.Learning.Metrics;

public sealed class RouteLlmHarnessTests
{
    [Fact]
    public void Harness_OfElevenDistinctScores_IsComputedByHand()
    {
        // Scores 0..10: decile thresholds are 0, 1, …, 10; the last is strict. Strong alone is right on the two highest.
        float[] score = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        float[] weak = new float[11];
        float[] strong = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1];

        RouteLlmHarness harness = RouteLlmHarness.Of(score, weak, strong);

        harness
            .Points.Select(p => p.StrongShare * 11)
            .Select(s => Math.Round(s, 6))
            .ShouldBe([0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        // Quality 0 at none, 2/11 from two calls on: a triangle of 2/11 and a full rest.
        harness.Apgr.ShouldBe((1.0 / 11) + (9.0 / 11), 1e-9);
        harness.Cpt.Share50.ShouldBe(1.0 / 11, 1e-9);
        harness.Cpt.Share80.ShouldBe(1.6 / 11, 1e-9);
    }

    [Fact]
    public void Harness_OfOneScoreForAll_KnowsTwoPoints()
    {
        RouteLlmHarness harness = RouteLlmHarness.Of([1, 1, 1, 1], [0, 0, 1, 1], [1, 1, 1, 1]);

        harness.Points.Select(p => p.StrongShare).Distinct().ShouldBe([0, 1]);
        harness.Apgr.ShouldBe(0.5, 1e-9);
    }
}
