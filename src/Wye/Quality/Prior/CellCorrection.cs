using Wye.Quality.Heads;

namespace Wye.Quality.Prior;

/// <summary>By how much judged answers correct what was expected of a model, on the whole and by cells. Immutable.</summary>
/// <remarks>
/// After UniRoute (Jitkrittum et al., 2025), which places a new model by its answers to a few questions per cell. Here what was
/// expected is the prior: means of what it misses by, the whole's shrunk to zero and a cell's to the whole's by pseudo-questions.
/// </remarks>
internal sealed class CellCorrection
{
    private readonly float _overall;
    private readonly float[] _byCell;
    private readonly int[] _counts;
    private readonly float _pseudo;

    private CellCorrection(int questions, float overall, float[] byCell, int[] counts, float pseudo) =>
        (Questions, _overall, _byCell, _counts, _pseudo) = (questions, overall, byCell, counts, pseudo);

    /// <summary>Judged answers it rests on.</summary>
    public int Questions { get; }

    /// <summary>Makes it from sums per cell.</summary>
    /// <param name="counts">Judged answers per cell; taken over.</param>
    /// <param name="missed">Per cell, the sum of score less expected quality.</param>
    /// <param name="pseudo">Questions that no correction is worth.</param>
    public static CellCorrection Of(int[] counts, ReadOnlySpan<double> missed, float pseudo)
    {
        int questions = 0;
        double sum = 0;
        for (int c = 0; c < counts.Length; c++)
        {
            questions += counts[c];
            sum += missed[c];
        }

        double overall = sum / (questions + pseudo);
        float[] byCell = new float[counts.Length];
        for (int c = 0; c < counts.Length; c++)
            byCell[c] = (float)((missed[c] - (counts[c] * overall)) / (counts[c] + pseudo));
        return new CellCorrection(questions, (float)overall, byCell, counts, pseudo);
    }

    /// <summary>What to add to the estimate where these cells are nearest.</summary>
    public float Of(in CellMix mix)
    {
        float sum = _overall;
        for (int i = 0; i < mix.Cells.Length; i++)
        {
            if (mix.Cells[i] < _byCell.Length)
                sum += mix.Weights[i] * _byCell[mix.Cells[i]];
        }

        return sum;
    }

    /// <summary>Share of an estimate's uncertainty that is left where these cells are nearest, 0..1.</summary>
    public float Doubt(in CellMix mix)
    {
        float near = 0;
        for (int i = 0; i < mix.Cells.Length; i++)
        {
            if (mix.Cells[i] < _counts.Length)
                near += mix.Weights[i] * _counts[mix.Cells[i]];
        }

        return _pseudo / (_pseudo + near);
    }
}
