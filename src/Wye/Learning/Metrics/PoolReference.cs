namespace Wye.Learning.Metrics;

/// <summary>What all decision rules on a pool are compared with: best single model and oracle, worked out once.</summary>
internal sealed class PoolReference
{
    public PoolReference(PoolOutcome pool, bool priced = true)
    {
        Pool = pool;
        Priced = priced;
        Best = pool.BestSingle();
        var means = pool.Means();
        int models = pool.Models.Count;
        Cheaper = Array.ConvertAll(means, m => m.Cost < means[Best].Cost);
        Cheapest = Enumerable
            .Range(0, models)
            .OrderBy(m => means[m].Cost)
            .ThenByDescending(m => means[m].Quality)
            .First();
        Oracle = new int[pool.Count];
        CheaperWouldDo = new bool[pool.Count];
        for (int i = 0; i < pool.Count; i++)
        {
            Oracle[i] = pool.Oracle(i);
            int at = i * models;
            for (int m = 0; m < models; m++)
                CheaperWouldDo[i] |= Cheaper[m] && pool.Quality[at + m] >= pool.Quality[at + Best];
        }
    }

    /// <summary>What was observed.</summary>
    public PoolOutcome Pool { get; }

    /// <summary>Whether costs are USD; else they count strong calls.</summary>
    public bool Priced { get; }

    /// <summary>Model of best mean quality.</summary>
    public int Best { get; }

    /// <summary>Model of least mean cost.</summary>
    public int Cheapest { get; }

    /// <summary>Best possible choice per question, the cheapest of equals.</summary>
    public int[] Oracle { get; }

    /// <summary>Whether a model costs less than the best single, on average.</summary>
    public bool[] Cheaper { get; }

    /// <summary>Whether a model cheaper than the best single was as good on this question.</summary>
    public bool[] CheaperWouldDo { get; }
}
