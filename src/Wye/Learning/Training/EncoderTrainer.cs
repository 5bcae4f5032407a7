using Wye.Learning.Numerics;
using Wye.Quality;
using Wye.Signals.Features;

namespace Wye.Learning.Training;

/// <summary>Learns the encoder from unlabelled prompts: rarity of n-grams, latent space, spread of scalars.</summary>
internal static class EncoderTrainer
{
    public static RouterEncoder Fit(
        Corpus corpus,
        ReadOnlySpan<int> items,
        int latentWidth,
        int leastDocuments,
        ulong seed
    )
    {
        SparseRows hashed = corpus.Hashed;
        int[] documents = new int[hashed.Columns];
        foreach (int item in items)
        {
            foreach (int bucket in hashed.IndexOf(item))
                documents[bucket]++;
        }

        float[] idf = new float[hashed.Columns];
        for (int b = 0; b < idf.Length; b++)
            idf[b] = documents[b] < leastDocuments ? 0 : 1 + MathF.Log((1f + items.Length) / (1f + documents[b]));
        (float[] mean, float[] inverse) = Spread(corpus.Scalars, items);
        int[] row = new int[FeatureLayout.WordBuckets];
        int rows = 0;
        for (int b = 0; b < row.Length; b++)
            row[b] = idf[b] > 0 ? rows++ : -1;
        var bare = new RouterEncoder
        {
            Idf = idf,
            Row = row,
            Projection = [],
            LatentWidth = 0,
            Mean = mean,
            InverseSpread = inverse,
        };
        SparseRows words = Words(hashed, items, bare, rows);
        (float[] projection, _) = RandomisedSvd.Fit(words, latentWidth, seed);
        return new RouterEncoder
        {
            Idf = idf,
            Row = row,
            Projection = Rounding.ToHalf(projection),
            LatentWidth = projection.Length / Math.Max(1, rows),
            Mean = mean,
            InverseSpread = inverse,
        };
    }

    private static SparseRows Words(SparseRows hashed, ReadOnlySpan<int> items, RouterEncoder encoder, int columns)
    {
        int[] start = new int[items.Length + 1];
        var index = new List<int>(items.Length * 100);
        var value = new List<float>(items.Length * 100);
        for (int i = 0; i < items.Length; i++)
        {
            ReadOnlySpan<int> buckets = hashed.IndexOf(items[i]);
            float[] scaled = hashed.ValueOf(items[i]).ToArray();
            encoder.Scale(buckets, scaled);
            for (int e = 0; e < scaled.Length; e++)
            {
                if (buckets[e] >= FeatureLayout.WordBuckets || scaled[e] == 0)
                    continue;
                index.Add(encoder.Row[buckets[e]]);
                value.Add(scaled[e]);
            }

            start[i + 1] = index.Count;
        }

        return new SparseRows(start, [.. index], [.. value], columns);
    }

    private static (float[] Mean, float[] Inverse) Spread(float[] scalars, ReadOnlySpan<int> items)
    {
        const int s = FeatureLayout.Scalars;
        double[] sum = new double[s];
        double[] squares = new double[s];
        foreach (int item in items)
        {
            for (int k = 0; k < s; k++)
            {
                double x = scalars[(item * s) + k];
                sum[k] += x;
                squares[k] += x * x;
            }
        }

        float[] mean = new float[s];
        float[] inverse = new float[s];
        for (int k = 0; k < s; k++)
        {
            mean[k] = (float)(sum[k] / items.Length);
            double variance = (squares[k] / items.Length) - ((double)mean[k] * mean[k]);
            inverse[k] = variance > 1e-6 ? (float)(1 / Math.Sqrt(variance)) : 0;
        }

        return (mean, inverse);
    }
}
