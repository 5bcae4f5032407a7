using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Wye.Quality.Numerics;
using Wye.Signals.Features;

namespace Wye.Quality.Heads;

/// <summary>Linear model per head on the hashed n-grams: value = constant + Σ weight(bucket) · value(bucket).</summary>
internal sealed class NgramEstimator : IHeadEstimator
{
    /// <summary>Directions the weights of a bucket are kept in; fewer are filled up with zeros.</summary>
    public const int Directions = 8;

    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Parts => field ??= [Name];

    /// <summary>Weights per bucket in units of the loadings; later buckets count nothing. [buckets × <see cref="Directions"/>].</summary>
    public required sbyte[] Weights { get; init; }

    /// <summary>How a head reads the directions; constant last. [heads × (<see cref="Directions"/> + 1)].</summary>
    public required float[] Loadings { get; init; }

    /// <summary>Rounds weights [buckets × directions] to 8 bits per direction; the loadings [heads × (directions + 1)] take the scale.</summary>
    public static NgramEstimator Of(
        string name,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> loadings,
        int directions
    )
    {
        int buckets = weights.Length / directions;
        int heads = loadings.Length / (directions + 1);
        var rounded = new sbyte[buckets * Directions];
        float[] scaled = new float[heads * (Directions + 1)];
        for (int h = 0; h < heads; h++)
            scaled[(h * (Directions + 1)) + Directions] = loadings[(h * (directions + 1)) + directions];
        for (int d = 0; d < directions; d++)
        {
            float largest = 0;
            for (int b = 0; b < buckets; b++)
                largest = Math.Max(largest, MathF.Abs(weights[(b * directions) + d]));
            float inverse = largest > 0 ? 127 / largest : 0;
            for (int b = 0; b < buckets; b++)
                rounded[(b * Directions) + d] = (sbyte)MathF.Round(weights[(b * directions) + d] * inverse);
            for (int h = 0; h < heads; h++)
                scaled[(h * (Directions + 1)) + d] = loadings[(h * (directions + 1)) + d] * (largest / 127);
        }

        return new NgramEstimator
        {
            Name = name,
            Weights = rounded,
            Loadings = scaled,
        };
    }

    /// <inheritdoc/>
    public void Estimate(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> estimates)
    {
        Span<float> directions = scratch.Scores.AsSpan(0, Directions);
        Directed(prompt, directions);
        Lanes.Linears(Loadings, directions, estimates);
    }

    /// <summary>The directions' values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Directed(in EncodedPrompt prompt, Span<float> directions)
    {
        ref sbyte weights = ref MemoryMarshal.GetArrayDataReference(Weights);
        int buckets = Weights.Length / Directions;
        // Words stand first, and an estimator of words alone need not look at the others.
        ReadOnlySpan<int> index =
            buckets <= FeatureLayout.WordBuckets ? prompt.Index[..FeatureLayout.WordsIn(prompt.Index)] : prompt.Index;
        ReadOnlySpan<float> value = prompt.Value[..index.Length];
        // Two sums, so that one need not wait for the other.
        Vector256<float> even = Vector256<float>.Zero;
        Vector256<float> odd = even;
        int e = 0;
        for (; e < index.Length - 1; e += 2)
        {
            even = Added(ref weights, buckets, index[e], value[e], even);
            odd = Added(ref weights, buckets, index[e + 1], value[e + 1], odd);
        }

        if (e < index.Length)
            even = Added(ref weights, buckets, index[e], value[e], even);
        (even + odd).CopyTo(directions);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Added(
        ref sbyte weights,
        int buckets,
        int bucket,
        float value,
        Vector256<float> sum
    ) =>
        (uint)bucket < (uint)buckets
            ? Vector256.FusedMultiplyAdd(
                Lanes.Eight(ref Unsafe.Add(ref weights, bucket * Directions)),
                Vector256.Create(value),
                sum
            )
            : sum;
}
