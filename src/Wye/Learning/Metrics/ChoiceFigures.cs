namespace Wye.Learning.Metrics;

/// <summary>What one fixed decision rule did on a pool.</summary>
/// <param name="Quality">Mean quality.</param>
/// <param name="CostPerThousand">Cost of 1,000 questions, USD where the data has prices.</param>
/// <param name="OverMix">Quality above the random mix of single models of the same cost (their hull).</param>
/// <param name="Regret">Mean quality lost to the oracle.</param>
/// <param name="GapClosed">(Q − Q_best) / (Q_oracle − Q_best); NaN when the oracle gains nothing.</param>
/// <param name="Violations">P(quality of the answer &lt; the bar).</param>
/// <param name="UnderRouting">P(a cheaper model than the best single was chosen and did worse than it).</param>
/// <param name="OverRouting">P(the best single was chosen where a cheaper one was as good).</param>
/// <param name="Entropy">Entropy of the choices over its maximum, 0..1; near 0 the router has collapsed to one model.</param>
/// <param name="Arena">RouterArena score; NaN without prices.</param>
internal sealed record ChoiceFigures(
    double Quality,
    double CostPerThousand,
    double OverMix,
    double Regret,
    double GapClosed,
    double Violations,
    double UnderRouting,
    double OverRouting,
    double Entropy,
    double Arena
)
{
    /// <summary>Below this entropy the router counts as collapsed.</summary>
    public const double CollapseBelow = 0.05;

    /// <summary>Number of figures.</summary>
    public const int Width = 10;

    /// <summary>Figures of choices on the given questions; all when null.</summary>
    /// <param name="pool">What was observed.</param>
    /// <param name="choices">Model chosen per question.</param>
    /// <param name="drawn">Questions, with repetition.</param>
    /// <param name="bar">Quality an answer must have.</param>
    /// <param name="priced">Whether costs are USD.</param>
    public static ChoiceFigures Of(
        PoolOutcome pool,
        int[] choices,
        int[]? drawn = null,
        double bar = 0.5,
        bool priced = true
    ) => Of(new PoolReference(pool, priced), pool.Means(drawn), choices, drawn, bar);

    /// <summary>The same with what is shared by many rules worked out once.</summary>
    public static ChoiceFigures Of(
        PoolReference reference,
        (double Quality, double Cost)[] means,
        int[] choices,
        int[]? drawn,
        double bar
    )
    {
        PoolOutcome pool = reference.Pool;
        int models = pool.Models.Count;
        int n = drawn?.Length ?? pool.Count;
        int best = reference.Best;
        int[] count = new int[models];
        (double quality, double cost, double oracle) = (0, 0, 0);
        (int violations, int under, int over) = (0, 0, 0);
        for (int i = 0; i < n; i++)
        {
            int question = drawn is null ? i : drawn[i];
            int at = question * models;
            int chosen = choices[question];
            count[chosen]++;
            quality += pool.Quality[at + chosen];
            cost += pool.Cost[at + chosen];
            oracle += pool.Quality[at + reference.Oracle[question]];
            violations += pool.Quality[at + chosen] < bar ? 1 : 0;
            under += reference.Cheaper[chosen] && pool.Quality[at + chosen] < pool.Quality[at + best] ? 1 : 0;
            over += chosen == best && reference.CheaperWouldDo[question] ? 1 : 0;
        }

        double single = means[best].Quality;
        double entropy = 0;
        foreach (int times in count)
        {
            double p = times / (double)n;
            entropy -= p > 0 ? p * Math.Log(p) : 0;
        }

        quality /= n;
        cost /= n;
        oracle /= n;
        var hull = new CostQualityHull(means.Select(m => (m.Cost, m.Quality)));
        return new ChoiceFigures(
            quality,
            cost * 1000,
            // Below the cheapest model (by rounding, or by luck of the resample) the mix is the cheapest model.
            quality - hull.At(Math.Max(cost, hull.Corners[0].Cost)),
            oracle - quality,
            oracle > single + 1e-12 ? (quality - single) / (oracle - single) : double.NaN,
            violations / (double)n,
            under / (double)n,
            over / (double)n,
            models > 1 ? entropy / Math.Log(models) : 0,
            reference.Priced ? RouterArena.Score(quality, cost * 1000) : double.NaN
        );
    }

    /// <summary>The figures in the order of the parameters.</summary>
    public double[] ToArray() =>
        [Quality, CostPerThousand, OverMix, Regret, GapClosed, Violations, UnderRouting, OverRouting, Entropy, Arena];

    /// <summary>The reverse of <see cref="ToArray"/>.</summary>
    public static ChoiceFigures FromArray(ReadOnlySpan<double> v) =>
        new(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9]);
}
