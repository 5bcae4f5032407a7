using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Wye.Primitives;
using Wye.Quality.Numerics;
using Wye.Signals.Features;

namespace Wye.Quality.Heads;

/// <summary>Turns text into what the estimators take: scaled n-grams, latent position, standardised scalars.</summary>
internal sealed class RouterEncoder
{
    /// <summary>Length of the latent part; balances it against the scalars in dense models.</summary>
    public const float LatentLength = 3f;

    /// <summary>Size of one standardised scalar in dense models.</summary>
    public const float ScalarSize = 0.3f;

    /// <summary>Inverse document frequency per bucket in twentieths; 0 drops the bucket. [FeatureLayout.Buckets].</summary>
    public required byte[] Idf { get; init; }

    /// <summary>Row of <see cref="Projection"/> per word bucket, −1 for none. [FeatureLayout.WordBuckets].</summary>
    public required int[] Row { get; init; }

    /// <summary>Latent direction per kept word bucket. [rows × <see cref="LatentWidth"/>].</summary>
    public required ByteMatrix Projection { get; init; }

    /// <summary>Outside embeddings that take the place of the latent part; null = none.</summary>
    public ExternalEncoder? External { get; init; }

    /// <summary>Latent dimensions.</summary>
    public int LatentWidth => External?.Dimensions ?? Projection.Width;

    /// <summary>Mean per scalar.</summary>
    public required float[] Mean { get; init; }

    /// <summary>1 / standard deviation per scalar.</summary>
    public required float[] InverseSpread { get; init; }

    /// <summary>Length of the dense part.</summary>
    public int DenseWidth => LatentWidth + FeatureLayout.Scalars;

    /// <summary>Latent dimensions that a position has at most: of wide outside embeddings the first.</summary>
    public const int MostPlaced = 128;

    /// <summary>Number of features of a position.</summary>
    public int PositionWidth => Math.Min(LatentWidth, MostPlaced) + FeatureLayout.Scalars;

    /// <summary>
    /// Where a prompt lies, for what is learned while serving: latent part (length 1) and scalars of the dense part in its
    /// proportions, rounded as <see cref="PromptPosition"/> stores them. [<see cref="PositionWidth"/>].
    /// </summary>
    public void Place(ReadOnlySpan<float> dense, Span<float> position)
    {
        int latent = position.Length - FeatureLayout.Scalars;
        dense[..latent].CopyTo(position);
        dense.Slice(LatentWidth, FeatureLayout.Scalars).CopyTo(position[latent..]);
        for (int i = 0; i < position.Length; i++)
            position[i] = PromptPosition.Rounded(position[i] / LatentLength) / PromptPosition.Unit;
    }

    /// <summary>Scales n-gram counts in place: times idf, then words and characters each to length 1.</summary>
    public void Scale(ReadOnlySpan<int> index, Span<float> value)
    {
        int words = FeatureLayout.WordsIn(index);
        ToUnitLength(index[..words], value[..words]);
        ToUnitLength(index[words..], value[words..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ToUnitLength(ReadOnlySpan<int> index, Span<float> value)
    {
        byte[] idf = Idf;
        index = index[..value.Length];
        for (int e = 0; e < value.Length; e++)
            value[e] *= idf[index[e]];
        float squares = Lanes.Dot(value, value);
        TensorPrimitives.Multiply(value, squares > 0 ? 1 / MathF.Sqrt(squares) : 0, value);
    }

    /// <summary>Fills the dense part from scaled n-grams, raw scalars and, for a router trained on one, the embedding.</summary>
    public void Densify(
        ReadOnlySpan<int> index,
        ReadOnlySpan<float> value,
        ReadOnlySpan<float> scalars,
        Span<float> dense,
        ReadOnlySpan<float> embedding = default
    )
    {
        Span<float> latent = dense[..LatentWidth];
        latent.Clear();
        if (External is not null)
        {
            embedding.CopyTo(latent);
            index = default;
        }

        Project(index[..FeatureLayout.WordsIn(index)], value, latent);
        float length = MathF.Sqrt(Lanes.Dot(latent, latent));
        float factor = length > 0 ? LatentLength / length : 0;
        for (int i = 0; i < latent.Length; i++)
            latent[i] *= factor;
        for (int s = 0; s < scalars.Length; s++)
            dense[LatentWidth + s] = ScalarSize * Math.Clamp((scalars[s] - Mean[s]) * InverseSpread[s], -4, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Project(ReadOnlySpan<int> words, ReadOnlySpan<float> value, Span<float> latent)
    {
        Span<int> rows = stackalloc int[ByteMatrix.MostRows];
        Span<float> factors = stackalloc float[ByteMatrix.MostRows];
        int count = 0;
        for (int e = 0; e < words.Length; e++)
        {
            // What has no direction is overwritten by what comes after it.
            int row = Row[words[e]];
            (rows[count], factors[count]) = (row, value[e]);
            count += row >= 0 ? 1 : 0;
            if (count < ByteMatrix.MostRows)
                continue;
            Projection.AddScaled(rows, factors, latent);
            count = 0;
        }

        Projection.AddScaled(rows[..count], factors[..count], latent);
    }
}
