using Wye.Quality.Heads;
using Wye.Quality.Numerics;
using Wye.Quality.Routers;
using Wye.Signals.Features;
using Wye.Signals.Features.Plain;

namespace Wye.Quality;

/// <summary>A router's estimate the straightforward way: one loop per formula, in double precision.</summary>
internal static class PlainRouter
{
    public static double[] Qualities(RouterSnapshot router, in PromptText prompt)
    {
        (SortedDictionary<int, double> grams, double[] dense) = Encode(router.Encoder, prompt);
        HeadGroup group = router.Quality!;
        List<double[]> parts = [];
        foreach (IHeadEstimator estimator in group.Estimators)
            parts.AddRange(Parts(estimator, group.Heads, grams, dense));
        float[] inputs = Inputs(group, parts, dense);
        foreach (BoostedForest forest in group.Forests)
            parts.Add(Predict(forest, inputs, group.Heads));
        return [.. Enumerable.Range(0, group.Heads).Select(h => Blend(group, parts, h))];
    }

    private static (SortedDictionary<int, double> Grams, double[] Dense) Encode(
        RouterEncoder encoder,
        in PromptText prompt
    )
    {
        var read = new PlainVector();
        PlainFeatures.Read(prompt, read);
        var grams = new SortedDictionary<int, double>();
        foreach ((int bucket, float value) in read.Values)
            grams[bucket] = (double)value * encoder.Idf[bucket];
        double words = Math.Sqrt(grams.Where(g => g.Key < FeatureLayout.WordBuckets).Sum(g => g.Value * g.Value));
        double chars = Math.Sqrt(grams.Where(g => g.Key >= FeatureLayout.WordBuckets).Sum(g => g.Value * g.Value));
        foreach (int bucket in grams.Keys.ToArray())
            grams[bucket] /= Math.Max(1e-30, bucket < FeatureLayout.WordBuckets ? words : chars);
        int width = encoder.LatentWidth;
        double[] dense = new double[encoder.DenseWidth];
        foreach ((int bucket, double value) in grams)
        {
            int row = bucket < FeatureLayout.WordBuckets ? encoder.Row[bucket] : -1;
            for (int i = 0; i < width && row >= 0; i++)
                dense[i] += value * encoder.Projection.Scales[row] * encoder.Projection.Values[(row * width) + i];
        }

        double length = Math.Max(1e-30, Math.Sqrt(dense.Sum(x => x * x)));
        for (int i = 0; i < width; i++)
            dense[i] *= RouterEncoder.LatentLength / length;
        for (int s = 0; s < FeatureLayout.Scalars; s++)
        {
            double standard = (read.Scalars[s] - encoder.Mean[s]) * encoder.InverseSpread[s];
            dense[width + s] = RouterEncoder.ScalarSize * Math.Clamp(standard, -4, 4);
        }

        return (grams, dense);
    }

    private static IEnumerable<double[]> Parts(
        IHeadEstimator estimator,
        int heads,
        SortedDictionary<int, double> grams,
        double[] dense
    ) =>
        estimator switch
        {
            NgramEstimator ngram => [Linear(ngram.Loadings, Directions(ngram, grams), heads)],
            LatentEstimator latent => [Linear(latent.Weights, dense, heads)],
            ClustersEstimator clusters => [Mix(clusters.Means, Cells(clusters, dense, ClustersEstimator.Mixed), heads)],
            TasksEstimator tasks => [Mix(tasks.Means, Tasks(tasks, dense), heads)],
            NeighboursEstimator neighbours => Neighbours(neighbours, dense, heads),
            _ => throw new InvalidOperationException($"'{estimator.Name}' has no plain form."),
        };

    private static double[] Directions(NgramEstimator ngram, SortedDictionary<int, double> grams)
    {
        double[] sums = new double[NgramEstimator.Directions];
        foreach ((int bucket, double value) in grams.Where(g => g.Key < ngram.Weights.Length / sums.Length))
        {
            for (int d = 0; d < sums.Length; d++)
                sums[d] += value * ngram.Weights[(bucket * sums.Length) + d];
        }

        return sums;
    }

    private static double[] Linear(float[] weights, double[] row, int count)
    {
        int full = row.Length + 1;
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(h =>
                    weights[(h * full) + row.Length] + row.Select((x, i) => x * weights[(h * full) + i]).Sum()
                ),
        ];
    }

    private static double[] Mix(float[] means, IEnumerable<(int Row, double Weight)> rows, int heads)
    {
        double[] mixed = new double[heads];
        foreach ((int row, double weight) in rows)
        {
            for (int h = 0; h < heads; h++)
                mixed[h] += weight * means[(row * heads) + h];
        }

        return mixed;
    }

    private static (int Cell, double Weight)[] Cells(ClustersEstimator cells, double[] dense, int most)
    {
        (int Cell, double Score)[] nearest =
        [
            .. Enumerable
                .Range(0, cells.Cells)
                .Select(c =>
                    (c, Enumerable.Range(0, cells.Width).Sum(i => cells.Centres[(c * cells.Width) + i] * dense[i]))
                )
                .OrderByDescending(c => c.Item2)
                .Take(most),
        ];
        double[] weights =
        [
            .. nearest.Select(c => Math.Exp(10 * (c.Score - nearest[0].Score) / RouterEncoder.LatentLength)),
        ];
        return [.. nearest.Select((c, i) => (c.Cell, weights[i] / weights.Sum()))];
    }

    private static IEnumerable<(int Task, double Weight)> Tasks(TasksEstimator tasks, double[] dense)
    {
        double[] scores = Linear(tasks.Weights, dense, tasks.Tasks);
        double[] weights = Array.ConvertAll(scores, s => Math.Exp(tasks.Sharpness * (s - scores.Max())));
        double sum = weights.Sum();
        return weights.Select((w, t) => (t, w / sum)).Where(t => t.Item2 > 1e-4);
    }

    private static IEnumerable<double[]> Neighbours(NeighboursEstimator estimator, double[] dense, int heads)
    {
        int width = estimator.Cells.Width;
        int[] wanted =
        [
            .. dense.Take(width).Select(x => Math.Clamp((int)Math.Round(x / estimator.PointScale), -2000, 2000)),
        ];
        (int Row, int Similar)[] rows =
        [
            .. Cells(estimator.Cells, dense, estimator.Probes)
                .SelectMany(c =>
                    Enumerable.Range(estimator.Start[c.Cell], estimator.Start[c.Cell + 1] - estimator.Start[c.Cell])
                )
                .Select(r => (r, Enumerable.Range(0, width).Sum(i => wanted[i] * estimator.Points[(r * width) + i])))
                .OrderByDescending(r => r.Item2),
        ];
        double unit = 4.0 * estimator.PointScale * estimator.PointScale / Math.Pow(RouterEncoder.LatentLength, 2);
        foreach (int most in estimator.Neighbours)
        {
            (int Row, int Similar)[] near = rows[..Math.Min(most, rows.Length)];
            double[] weights = Array.ConvertAll(
                near,
                r => Math.Max(0.02, Math.Exp(unit * (r.Similar - rows[0].Similar)))
            );
            double prior = 5 * weights.Sum() / near.Length;
            double[] estimate = new double[heads];
            for (int h = 0; h < heads; h++)
            {
                double sum = near.Select((r, i) => weights[i] * estimator.Targets[(r.Row * heads) + h] / 127).Sum();
                estimate[h] = (sum + (prior * estimator.Means[h])) / (weights.Sum() + prior);
            }

            yield return estimate;
        }
    }

    private static float[] Inputs(HeadGroup group, List<double[]> parts, double[] dense)
    {
        int latent = dense.Length - FeatureLayout.Scalars;
        IEnumerable<double> views = parts.SelectMany(part =>
            Enumerable
                .Range(0, group.Views.Length / group.Heads)
                .Select(v => part.Select((x, h) => x * group.Views[(v * group.Heads) + h]).Sum())
        );
        return
        [
            .. views
                .Concat(dense[latent..])
                .Concat(dense[..Math.Min(HeadGroup.LatentInputs, latent)])
                .Select(x => (float)x),
        ];
    }

    private static double[] Predict(BoostedForest forest, float[] inputs, int heads)
    {
        double[] sums = Array.ConvertAll(forest.Base, x => (double)x);
        int inner = (1 << forest.Depth) - 1;
        for (int tree = 0; tree < forest.Feature.Length / inner; tree++)
        {
            int node = 0;
            while (node < inner)
            {
                int at = (tree * inner) + node;
                node = inputs[forest.Feature[at]] > forest.Threshold[at] ? (2 * node) + 2 : (2 * node) + 1;
            }

            for (int h = 0; h < heads; h++)
                sums[h] += forest.Leaf[(((tree * (inner + 1)) + node - inner) * heads) + h];
        }

        return sums;
    }

    private static double Blend(HeadGroup group, List<double[]> parts, int head)
    {
        int count = parts.Count;
        double sum = group.Stack[(head * (count + 1)) + count];
        for (int p = 0; p < count; p++)
        {
            sum += group.Stack[(head * (count + 1)) + p] * parts[p][head];
            if (group.Level.Length > 0)
                sum += group.Level[(head * count) + p] * parts[p].Average();
        }

        return group.Calibrations.Length == 0 ? sum : group.Calibrations[head].Apply((float)sum);
    }
}
