using Wye.Quality.Numerics;

namespace Wye.Quality.Prior;

/// <summary>By how much judged answers correct what was expected of a model, by where a prompt lies. Immutable.</summary>
/// <remarks>A linear model in the n-grams' latent space and the scalar features; see <see cref="ResidualSums"/>.</remarks>
internal sealed class ResidualModel
{
    private readonly float[] _weights;
    private readonly double _pseudo;
    private readonly double _strength;
    private readonly float[] _factor;

    /// <summary>Takes a fit.</summary>
    /// <param name="questions">Judged answers.</param>
    /// <param name="weights">The constant, then one per feature of a position.</param>
    /// <param name="pseudo">Judgements that the constant is not worth.</param>
    /// <param name="strength">Judgements that a direction of length 1 is not worth.</param>
    /// <param name="factor">Lower factor of the weights' precision, row after row up to the diagonal.</param>
    public ResidualModel(int questions, float[] weights, double pseudo, double strength, float[] factor) =>
        (Questions, _weights, _pseudo, _strength, _factor) = (questions, weights, pseudo, strength, factor);

    /// <summary>Judged answers it rests on.</summary>
    public int Questions { get; }

    /// <summary>What to add to the estimate of a prompt that lies there.</summary>
    public float Of(ReadOnlySpan<float> position)
    {
        // Judgements without a position teach the constant only.
        ReadOnlySpan<float> slopes = _weights.AsSpan(1);
        return _weights[0] + (slopes.Length == position.Length ? Lanes.Dot(slopes, position) : 0);
    }

    /// <summary>Share of an estimate's uncertainty that is left there, 0..1: variance after over variance before.</summary>
    public float Doubt(ReadOnlySpan<float> position)
    {
        // The constant comes first; judgements without a position have nothing else.
        float[] solved = [1, .. _weights.Length == position.Length + 1 ? position : []];
        double before = 1 / _pseudo;
        double after = 0;
        for (int i = 0; i < solved.Length; i++)
        {
            before += i == 0 ? 0 : solved[i] * solved[i] / _strength;
            ReadOnlySpan<float> row = _factor.AsSpan(i * (i + 1) / 2, i + 1);
            solved[i] = (solved[i] - Lanes.Dot(row[..i], solved.AsSpan(0, i))) / row[i];
            after += solved[i] * solved[i];
        }

        return (float)(after / before);
    }
}
