using Wye.Quality.Numerics;

namespace Wye.Quality.Prior;

/// <summary>By how much judged answers correct what was expected of a model, by where a prompt lies. Immutable.</summary>
/// <remarks>A linear model in the n-grams' latent space and the scalar features; see <see cref="ResidualSums"/>.</remarks>
internal sealed class ResidualModel
{
    private readonly float[] _weights;
    private readonly double _pseudo;
    private readonly double _strength;
    private readonly double[] _factor;

    /// <summary>Takes a fit.</summary>
    /// <param name="questions">Judged answers.</param>
    /// <param name="weights">The constant, then one per feature of a position.</param>
    /// <param name="pseudo">Judgements that the constant is not worth.</param>
    /// <param name="strength">Judgements that a direction of length 1 is not worth.</param>
    /// <param name="factor">Lower factor of the weights' precision.</param>
    public ResidualModel(int questions, float[] weights, double pseudo, double strength, double[] factor) =>
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
        double[] solved = new double[_weights.Length];
        solved[0] = 1;
        double before = 1 / _pseudo;
        for (int i = 1; i < solved.Length && solved.Length == position.Length + 1; i++)
        {
            solved[i] = position[i - 1];
            before += solved[i] * solved[i] / _strength;
        }

        Cholesky.Forward(_factor, solved.Length, solved);
        double after = 0;
        foreach (double value in solved)
            after += value * value;
        return (float)(after / before);
    }
}
