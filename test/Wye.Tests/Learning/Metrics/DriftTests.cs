namespace Wye.Learning.Metrics;

public sealed class DriftTests
{
    private static readonly float[] Uniform = [.. Enumerable.Range(0, 1000).Select(i => i / 1000f)];

    [Fact]
    public void Psi_OfTheSameDistribution_IsZero() => Drift.Psi(Uniform, Uniform).ShouldBe(0, 1e-6);

    [Fact]
    public void Psi_OfAShiftedDistribution_PassesTheAlarm() =>
        Drift.Psi(Uniform, [.. Uniform.Select(x => x * 0.5f)]).ShouldBeGreaterThan(0.25);
}
