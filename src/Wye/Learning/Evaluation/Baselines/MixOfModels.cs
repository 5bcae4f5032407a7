using Wye.Learning.Metrics;

namespace Wye.Learning.Evaluation.Baselines;

/// <summary>The best random mix of single models for any cost: two neighbours on their hull.</summary>
internal sealed class MixOfModels
{
    private readonly (double Cost, int Model)[] _corners;

    /// <summary>Picks the models of the hull.</summary>
    /// <param name="pool">What was observed.</param>
    /// <param name="picking">Questions the models are picked on, as a router's settings are: not the ones they are judged on.</param>
    /// <param name="judging">Questions the mix is judged on: their costs say which shares make a mix of a cost.</param>
    public MixOfModels(PoolOutcome pool, int[] picking, int[] judging)
    {
        var means = pool.Means(picking);
        var hull = new CostQualityHull(means.Select(m => (m.Cost, m.Quality)));
        int[] models =
        [
            .. hull.Corners.Select(c => Array.FindIndex(means, m => m.Cost == c.Cost && m.Quality == c.Quality)),
        ];
        var costs = pool.Means(judging);
        var corners = new List<(double Cost, int Model)>();
        foreach (int model in models)
        {
            // One that turns out no dearer than a worse one before it takes that one's place.
            while (corners.Count > 0 && corners[^1].Cost >= costs[model].Cost)
                corners.RemoveAt(corners.Count - 1);
            corners.Add((costs[model].Cost, model));
        }

        _corners = [.. corners];
    }

    /// <summary>Models and their shares at a mean cost; beyond the ends the end alone.</summary>
    public (float[] Share, int[] Models) At(double cost)
    {
        if (cost <= _corners[0].Cost)
            return ([1], [_corners[0].Model]);
        for (int i = 1; i < _corners.Length; i++)
        {
            if (cost > _corners[i].Cost)
                continue;
            double share = (cost - _corners[i - 1].Cost) / (_corners[i].Cost - _corners[i - 1].Cost);
            return ([(float)(1 - share), (float)share], [_corners[i - 1].Model, _corners[i].Model]);
        }

        return ([1], [_corners[^1].Model]);
    }
}
