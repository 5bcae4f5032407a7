using Wye.Learning.Numerics;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Heads;
using Wye.Quality.Numerics;
using Wye.Signals.Features;

namespace Wye.Learning.Training;

/// <summary>
/// Learns the encoder from unlabelled prompts: rarity of n-grams, latent space, spread of scalars. Where the questions carry
/// outside embeddings, these are the latent space.
/// </summary>
internal static class EncoderTrainer
{
    public static RouterEncoder Fit(Corpus corpus, ReadOnlySpan<int> items, TrainerOptions options)
    {
        SparseRows hashed = corpus.Hashed;
        int[] documents = new int[hashed.Columns];
        foreach (int item in items)
        {
            foreach (int bucket in hashed.IndexOf(item))
                documents[bucket]++;
        }

        byte[] idf = new byte[hashed.Columns];
        for (int b = 0; b < idf.Length; b++)
        {
            float rarity = 20 * (1 + MathF.Log((1f + items.Length) / (1f + documents[b])));
            idf[b] = documents[b] < options.LeastDocuments ? (byte)0 : (byte)Math.Min(255, MathF.Round(rarity));
        }

        (float[] mean, float[] inverse) = Spread(corpus.Scalars, items);
        int[] row = new int[FeatureLayout.WordBuckets];
        int rows = 0;
        for (int b = 0; b < row.Length; b++)
            row[b] = idf[b] > 0 ? rows++ : -1;
        var bare = new RouterEncoder
        {
            Idf = idf,
            Row = row,
            Projection = ByteMatrix.Of([], 0),
            Mean = mean,
            InverseSpread = inverse,
        };
        if (options.LatentWidth == 0)
            return bare;
        if (corpus.External is { } external)
            return new RouterEncoder
            {
                Idf = idf,
                Row = bare.Row.Select(_ => -1).ToArray(),
                Projection = bare.Projection,
                External = external,
                Mean = mean,
                InverseSpread = inverse,
            };
        SparseRows words = Words(hashed, items, bare, rows);
        (float[] projection, float[] singular) = RandomisedSvd.Fit(words, options.LatentWidth, options.Seed);
        projection = Prune(projection, singular.Length, documents, row, options.ProjectedBuckets);
        return new RouterEncoder
        {
            Idf = idf,
            Row = row,
            Projection = ByteMatrix.Of(projection, singular.Length),
            Mean = mean,
            InverseSpread = inverse,
        };
    }

    // Keeps the rows that move the positions of prompts most: long ones of frequent words.
    private static float[] Prune(float[] projection, int width, int[] documents, int[] row, int most)
    {
        int rows = projection.Length / width;
        if (rows <= most)
            return projection;
        int[] bucket = new int[rows];
        for (int b = 0; b < row.Length; b++)
        {
            if (row[b] >= 0)
                bucket[row[b]] = b;
        }

        float[] weight = new float[rows];
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> of = projection.AsSpan(r * width, width);
            weight[r] = -Vectors.Dot(of, of) * documents[bucket[r]];
        }

        int[] order = [.. Enumerable.Range(0, rows)];
        Array.Sort(weight, order);
        int[] kept = order[..most];
        Array.Sort(kept);
        Array.Fill(row, -1);
        float[] pruned = new float[most * width];
        for (int k = 0; k < most; k++)
        {
            projection.AsSpan(kept[k] * width, width).CopyTo(pruned.AsSpan(k * width));
            row[bucket[kept[k]]] = k;
        }

        return pruned;
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
