namespace Wye.Learning.Metrics;

public sealed class DriftTests
{
    private static readonly float[] Uniform = [.. Enumerable.Range(0, 1000).Select(i => i / 1000f)];

    [Fact]
    public void Psi_OfTheSameDistribution_IsZero() => Drift.Psi(Uniform, Uniform).ShouldBe(0, 1e-6);

    [Fact]
    public void Psi_OfAShiftedDistribution_PassesTheAlarm() =>
        Drift.Psi(Uniform, [.. Uniform.Select(x => x * 0.5f)]).ShouldBeGreaterThan(0.25);

    [Fact]
    public void PsiOfEdges_KnowsTheReferenceByItsDecilesAlone()
    {
        float[] edges = Drift.Edges(Uniform);

        edges.Length.ShouldBe(9);
        Drift.PsiOfEdges(edges, Uniform).ShouldBe(0, 1e-6);
        // All live values in the lowest of ten bins: (1 − .1)·ln(10) + 9·(0 − .1)·ln(0 / .1), smoothed.
        Drift.PsiOfEdges(edges, new float[1000]).ShouldBeGreaterThan(0.25);
    }
}
