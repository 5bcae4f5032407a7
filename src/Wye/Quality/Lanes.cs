using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Wye.Quality;

/// <summary>Inner loops of scoring.</summary>
internal static class Lanes
{
    /// <summary>Sum of products.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => TensorPrimitives.Dot(a, b);

    /// <summary>to += scale · from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(ReadOnlySpan<float> from, float scale, Span<float> to) =>
        TensorPrimitives.MultiplyAdd(from, scale, to, to);

    /// <summary>Weights end with the constant.</summary>
    public static float Linear(ReadOnlySpan<float> weights, ReadOnlySpan<float> row) =>
        Dot(weights[..row.Length], row) + weights[row.Length];

    /// <summary>Softmax in place.</summary>
    public static void Softmax(Span<float> scores, float sharpness)
    {
        float top = float.MinValue;
        foreach (float s in scores)
            top = Math.Max(top, s);
        float sum = 0;
        for (int i = 0; i < scores.Length; i++)
            sum += scores[i] = MathF.Exp(sharpness * (scores[i] - top));
        for (int i = 0; i < scores.Length; i++)
            scores[i] /= sum;
    }
}
