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
        Drift.Shares(Uniform, edges).ShouldBeNull("ten bins of a hundred each");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public void PsiOfEdges_OfFewDifferentValues_SeesNoDriftInTheSample(int different)
    {
        float[] tied = [.. Enumerable.Range(0, 400).Select(i => (float)(i % different))];
        float[] edges = Drift.Edges(tied);
        double[] shares = Drift.Shares(tied, edges).ShouldNotBeNull();

        shares.Sum().ShouldBe(1, 1e-12);
        Drift.PsiOfEdges(edges, tied, shares, tied.Length).ShouldBe(0, 1e-9);
        Drift
            .PsiOfEdges(edges, new float[400], shares, tied.Length)
            .ShouldBe(different == 1 ? 0 : 4, different == 1 ? 1e-9 : 3.7);
        float[] elsewhere = [.. tied.Select(x => x - 10)];
        Drift.PsiOfEdges(edges, elsewhere, shares, tied.Length).ShouldBeGreaterThan(0.25);
    }
}
