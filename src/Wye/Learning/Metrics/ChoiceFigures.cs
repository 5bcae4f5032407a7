namespace Wye.Learning.Metrics;

/// <summary>What one fixed decision rule did on a pool.</summary>
/// <param name="Quality">Mean quality.</param>
/// <param name="CostPerThousand">USD per 1,000 questions.</param>
/// <param name="Regret">Mean quality lost to the oracle.</param>
/// <param name="GapClosed">(Q − Q_best) / (Q_oracle − Q_best); NaN when the oracle gains nothing.</param>
/// <param name="UnderRouting">P(a cheaper model than the best single was chosen and failed where the best single did not).</param>
/// <param name="OverRouting">P(the best single was chosen where a cheaper one was as good).</param>
/// <param name="Entropy">Entropy of the choices over its maximum, 0..1; near 0 the router has collapsed to one model.</param>
/// <param name="Arena">RouterArena score.</param>
internal sealed record ChoiceFigures(
    double Quality,
    double CostPerThousand,
    double Regret,
    double GapClosed,
    double UnderRouting,
    double OverRouting,
    double Entropy,
    double Arena
)
{
    public static ChoiceFigures Of(PoolOutcome pool, int[] choices)
    {
        int models = pool.Models.Count;
        int best = pool.BestSingle();
        double bestCost = pool.Constant(best).Cost;
        double[] meanCost = [.. Enumerable.Range(0, models).Select(m => pool.Constant(m).Cost)];
        int[] count = new int[models];
        double under = 0;
        double over = 0;
        for (int i = 0; i < choices.Length; i++)
        {
            int at = i * models;
            int chosen = choices[i];
            count[chosen]++;
            if (meanCost[chosen] < bestCost && pool.Quality[at + chosen] < pool.Quality[at + best])
                under++;
            if (chosen != best)
                continue;
            for (int m = 0; m < models; m++)
            {
                if (meanCost[m] < bestCost && pool.Quality[at + m] >= pool.Quality[at + best])
                {
                    over++;
                    break;
                }
            }
        }

        (double quality, double cost) = pool.Of(i => choices[i]);
        double oracle = pool.Of(pool.Oracle).Quality;
        double single = pool.Constant(best).Quality;
        double entropy = 0;
        foreach (int n in count)
        {
            double p = n / (double)choices.Length;
            entropy -= p > 0 ? p * Math.Log(p) : 0;
        }

        return new ChoiceFigures(
            quality,
            cost * 1000,
            oracle - quality,
            oracle > single ? (quality - single) / (oracle - single) : double.NaN,
            under / choices.Length,
            over / choices.Length,
            models > 1 ? entropy / Math.Log(models) : 0,
            RouterArena.Score(quality, cost * 1000)
        );
    }
}
