using Wye.Learning.Metrics;

namespace Wye.Learning.Evaluation;

/// <summary>The best random mix of single models for any cost: two neighbours on their hull.</summary>
internal sealed class MixOfModels
{
    private readonly (double Cost, int Model)[] _corners;

    public MixOfModels(PoolOutcome pool, int[] questions)
    {
        var means = pool.Means(questions);
        var hull = new CostQualityHull(means.Select(m => (m.Cost, m.Quality)));
        _corners =
        [
            .. hull.Corners.Select(c =>
                (c.Cost, Array.FindIndex(means, m => m.Cost == c.Cost && m.Quality == c.Quality))
            ),
        ];
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
