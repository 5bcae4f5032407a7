using Wye.Learning.Evaluation;
using Wye.Learning.Metrics;

namespace Wye.Learning.Cascades;

/// <summary>What a cascade with a score per weak answer is worth; the weak call is paid for every question.</summary>
internal sealed record CascadeFigures
{
    /// <summary>Name of the gate.</summary>
    public required string Name { get; init; }

    /// <summary>Questions.</summary>
    public required int Count { get; init; }

    /// <summary>Area under the recovered gap over the share of strong calls; random = ½.</summary>
    public required Figure Apgr { get; init; }

    /// <summary>Share of strong calls that recovers half of the gap.</summary>
    public required Figure Cpt50 { get; init; }

    /// <summary>Share of strong calls that recovers 80 % of it.</summary>
    public required Figure Cpt80 { get; init; }

    /// <summary>Share of strong calls avoided at 95 % of strong's quality.</summary>
    public required Figure Avoided { get; init; }

    /// <summary>P(a right answer scores above a wrong one).</summary>
    public required Figure Auroc { get; init; }

    /// <summary>P(the answer is wrong and accepted) when 30 % are escalated.</summary>
    public required Figure FalseAccept { get; init; }

    /// <summary>Works the figures out, with 95 % intervals by resampling questions.</summary>
    /// <param name="name">Name of the gate.</param>
    /// <param name="score">Score per weak answer, higher = better.</param>
    /// <param name="weak">Score of the weak answer, 0..1.</param>
    /// <param name="strong">Score of the strong answer, 0..1.</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static CascadeFigures Of(string name, float[] score, float[] weak, float[] strong, ulong seed)
    {
        double[] here = Values(score, weak, strong);
        var around = PairedBootstrap.Intervals(
            score.Length,
            drawn => Values(Pick(score, drawn), Pick(weak, drawn), Pick(strong, drawn)),
            resamples: 500,
            seed
        );
        Figure At(int i) => new(here[i], around[i].Low, around[i].High);
        return new CascadeFigures
        {
            Name = name,
            Count = score.Length,
            Apgr = At(0),
            Cpt50 = At(1),
            Cpt80 = At(2),
            Avoided = At(3),
            Auroc = At(4),
            FalseAccept = At(5),
        };
    }

    private static double[] Values(float[] score, float[] weak, float[] strong)
    {
        float[] doubt = [.. score.Select(s => -s)];
        var curve = new PairCurve(doubt, weak, strong);
        int needed = curve.Count;
        for (int k = 0; k <= curve.Count; k++)
        {
            if (curve.QualityAt(k) >= 0.95 * curve.StrongQuality)
            {
                needed = k;
                break;
            }
        }

        return
        [
            curve.Apgr(),
            curve.Cpt(0.5),
            curve.Cpt(0.8),
            1 - ((double)needed / curve.Count),
            RankQuality.Auroc(score, weak),
            Accepted(score, weak, 0.3),
        ];
    }

    private static double Accepted(float[] score, float[] weak, double escalated)
    {
        float[] keys = [.. score];
        float[] truth = [.. weak];
        Array.Sort(keys, truth);
        int first = (int)(escalated * keys.Length);
        double wrong = 0;
        for (int i = first; i < keys.Length; i++)
            wrong += 1 - truth[i];
        return wrong / keys.Length;
    }

    private static float[] Pick(float[] values, int[] drawn) => [.. drawn.Select(i => values[i])];
}
