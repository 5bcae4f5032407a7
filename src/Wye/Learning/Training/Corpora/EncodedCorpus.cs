using Wye.Learning.Numerics;
using Wye.Quality.Heads;
using Wye.Signals.Features;

namespace Wye.Learning.Training.Corpora;

/// <summary>All items of a corpus as one encoder sees them.</summary>
internal sealed class EncodedCorpus
{
    /// <summary>The questions.</summary>
    public required Corpus Corpus { get; init; }

    /// <summary>The encoder.</summary>
    public required RouterEncoder Encoder { get; init; }

    /// <summary>Scaled n-grams per item.</summary>
    public required SparseRows Hashed { get; init; }

    /// <summary>The same without character n-grams.</summary>
    public required SparseRows Words { get; init; }

    /// <summary>Dense part per item. [items × width].</summary>
    public required float[] Dense { get; init; }

    /// <summary>Length of a dense row.</summary>
    public int Width => Encoder.DenseWidth;

    /// <summary>One item as estimators take it.</summary>
    public EncodedPrompt At(int item) =>
        new()
        {
            Index = Hashed.IndexOf(item),
            Value = Hashed.ValueOf(item),
            Dense = Dense.AsSpan(item * Width, Width),
        };

    /// <summary>Dense rows of the given items, in that order.</summary>
    public float[] Pick(ReadOnlySpan<int> items)
    {
        float[] picked = new float[items.Length * Width];
        for (int i = 0; i < items.Length; i++)
            Dense.AsSpan(items[i] * Width, Width).CopyTo(picked.AsSpan(i * Width));
        return picked;
    }

    public static EncodedCorpus Build(Corpus corpus, RouterEncoder encoder)
    {
        SparseRows hashed = corpus.Hashed;
        float[] value = [.. hashed.Value];
        int width = encoder.DenseWidth;
        float[] dense = new float[corpus.Count * width];
        Parallel.For(
            0,
            corpus.Count,
            Threads.Options,
            item =>
            {
                Span<float> scaled = value.AsSpan(hashed.Start[item], hashed.Start[item + 1] - hashed.Start[item]);
                encoder.Scale(hashed.IndexOf(item), scaled);
                ReadOnlySpan<float> scalars = corpus.Scalars.AsSpan(
                    item * FeatureLayout.Scalars,
                    FeatureLayout.Scalars
                );
                encoder.Densify(
                    hashed.IndexOf(item),
                    scaled,
                    scalars,
                    dense.AsSpan(item * width, width),
                    corpus.Query(item).Embedding.Span
                );
            }
        );
        SparseRows all = hashed.Pack(value);
        float[] words = [.. all.Value];
        for (int e = 0; e < words.Length; e++)
        {
            if (all.Index[e] >= FeatureLayout.WordBuckets)
                words[e] = 0;
        }

        return new EncodedCorpus
        {
            Corpus = corpus,
            Encoder = encoder,
            Hashed = all,
            Words = all.Pack(words),
            Dense = dense,
        };
    }
}
