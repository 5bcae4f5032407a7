using Wye.Learning.Evaluation;
using Wye.Learning.Metrics;

namespace Wye.Learning.Cascades;

/// <summary>A cascade at one working point: which answers are escalated, and what comes of it.</summary>
internal sealed record GatePoint
{
    /// <summary>What it is.</summary>
    public required string Name { get; init; }

    /// <summary>Share of questions whose weak answer is refused.</summary>
    public required Figure Escalated { get; init; }

    /// <summary>Share of the gap between weak and strong that is recovered.</summary>
    public required Figure Recovered { get; init; }

    /// <summary>Mean quality delivered.</summary>
    public required Figure Quality { get; init; }

    /// <summary>P(the answer is wrong and accepted).</summary>
    public required Figure FalseAccept { get; init; }

    /// <summary>P(the answer was right and escalated all the same).</summary>
    public required Figure Wasted { get; init; }

    /// <summary>Works the point out.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="escalated">Whether each weak answer is refused.</param>
    /// <param name="weak">Score of the weak answer, 0..1.</param>
    /// <param name="strong">Score of the strong answer, 0..1.</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static GatePoint Of(string name, bool[] escalated, float[] weak, float[] strong, ulong seed)
    {
        int[] all = [.. Enumerable.Range(0, weak.Length)];
        double[] here = Values(all, escalated, weak, strong);
        var around = PairedBootstrap.Intervals(
            weak.Length,
            drawn => Values(drawn, escalated, weak, strong),
            resamples: 500,
            seed
        );
        Figure At(int i) => new(here[i], around[i].Low, around[i].High);
        return new GatePoint
        {
            Name = name,
            Escalated = At(0),
            Recovered = At(1),
            Quality = At(2),
            FalseAccept = At(3),
            Wasted = At(4),
        };
    }

    private static double[] Values(int[] rows, bool[] escalated, float[] weak, float[] strong)
    {
        (double share, double gained, double gap, double quality, double accepted, double wasted) = (0, 0, 0, 0, 0, 0);
        foreach (int i in rows)
        {
            gap += strong[i] - weak[i];
            quality += escalated[i] ? strong[i] : weak[i];
            if (escalated[i])
            {
                share++;
                gained += strong[i] - weak[i];
                wasted += weak[i];
            }
            else
            {
                accepted += 1 - weak[i];
            }
        }

        int n = rows.Length;
        return [share / n, gap == 0 ? 0 : gained / gap, quality / n, accepted / n, wasted / n];
    }
}
