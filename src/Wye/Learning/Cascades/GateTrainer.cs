using Wye.Gates.Features;
using Wye.Learning.Training.Corpora;
using Wye.Learning.Training.Heads;
using Wye.Learning.Training.Stacking;
using Wye.Quality.Numerics;
using Wye.Quality.Routers;

namespace Wye.Learning.Cascades;

/// <summary>Trains a learned gate: P(the answer is right) from its features. Deterministic for a seed.</summary>
/// <remarks>
/// A ridge logistic and a boosted forest are fitted on inner folds by question; the ridge is chosen there by log loss, a logistic
/// over their held-out log-odds stacks them, and an isotonic map calibrates the stack. Then both are fitted on everything.
/// </remarks>
internal static class GateTrainer
{
    private const int InnerFolds = 5;
    private const int Trees = 200;
    private const int Depth = 3;
    private const int ProfileBins = 10;

    private static readonly double[] Ridges = [10, 30, 100, 300];

    /// <summary>Trains on the rows named.</summary>
    /// <param name="name">Name of the gate.</param>
    /// <param name="a">Features [answers × width], row-major.</param>
    /// <param name="right">Score of each answer, 0..1.</param>
    /// <param name="keys">Normalised question of each answer: equal ones stay together.</param>
    /// <param name="train">Rows to learn from.</param>
    /// <param name="seed">Seed of folds and forest.</param>
    public static LearnedGate Train(
        string name,
        float[] a,
        float[] right,
        IReadOnlyList<string> keys,
        int[] train,
        ulong seed
    )
    {
        int width = a.Length / right.Length;
        double ridge = 0;
        double best = double.PositiveInfinity;
        float[] linear = [];
        float[] forest = new float[train.Length];
        int[] fold = [.. train.Select(i => Folds.Of(keys[i], InnerFolds, seed + 17))];
        foreach (double candidate in Ridges)
        {
            float[] held = new float[train.Length];
            double loss = 0;
            for (int k = 0; k < InnerFolds; k++)
            {
                Part part = Fit(a, width, right, [.. train.Where((_, t) => fold[t] != k)], candidate);
                for (int t = 0; t < train.Length; t++)
                {
                    if (fold[t] != k)
                        continue;
                    held[t] = (float)part.Linear(a.AsSpan(train[t] * width, width));
                    loss += LogLoss(held[t], right[train[t]]);
                }
            }

            if (loss < best)
                (best, ridge, linear) = (loss, candidate, held);
        }

        for (int k = 0; k < InnerFolds; k++)
        {
            BoostedForest trees = Grow(a, width, right, [.. train.Where((_, t) => fold[t] != k)], seed + (ulong)k);
            for (int t = 0; t < train.Length; t++)
            {
                if (fold[t] == k)
                    forest[t] = (float)LearnedGate.LogOdds(One(trees, a.AsSpan(train[t] * width, width)));
            }
        }

        float[] truth = [.. train.Select(i => right[i])];
        (float[] stack, float[] raw) = Stack(linear, forest, truth);
        Part whole = Fit(a, width, right, train, ridge);
        return new LearnedGate
        {
            Name = name,
            Features = AnswerFeatures.Version,
            Mean = whole.Mean,
            Scale = whole.Scale,
            Weights = [.. whole.Weights[..^1].Select(w => (float)w)],
            // The intercept of the linear part goes into the stack's.
            Stack = [(float)(stack[0] + (stack[1] * whole.Weights[^1])), stack[1], stack[2]],
            Forest = Grow(a, width, right, train, seed + 99),
            Calibration = IsotonicFit.Fit(raw, truth),
            TrainedQuestions = [.. train.Select(i => Folds.HashOf(keys[i])).Distinct().Order()],
            Profile = Profile(raw, truth),
        };
    }

    private static (float[] Stack, float[] Raw) Stack(float[] linear, float[] forest, float[] truth)
    {
        float[] pairs = new float[2 * truth.Length];
        for (int t = 0; t < truth.Length; t++)
            (pairs[2 * t], pairs[(2 * t) + 1]) = (linear[t], forest[t]);
        double[] weights = LogisticFit.Fit(pairs, truth.Length, 2, truth, ridge: 1);
        // A part that seems to mislead is noise: it is left out, not turned round.
        (double w, double f) = (Math.Max(0, weights[0]), Math.Max(0, weights[1]));
        float[] raw = new float[truth.Length];
        for (int t = 0; t < truth.Length; t++)
            raw[t] = (float)(weights[2] + (w * linear[t]) + (f * forest[t]));
        return ([(float)weights[2], (float)w, (float)f], raw);
    }

    private static GateProfile Profile(float[] raw, float[] truth)
    {
        MonotoneCalibration calibration = IsotonicFit.Fit(raw, truth);
        float[] from = [.. Enumerable.Range(0, ProfileBins).Select(b => (float)b / ProfileBins)];
        float[] givenRight = new float[ProfileBins];
        float[] givenWrong = new float[ProfileBins];
        double right = truth.Sum();
        double wrong = truth.Length - right;
        for (int t = 0; t < truth.Length; t++)
        {
            int bin = Math.Clamp((int)(Math.Clamp(calibration.Apply(raw[t]), 0, 1) * ProfileBins), 0, ProfileBins - 1);
            givenRight[bin] += (float)(truth[t] / Math.Max(right, 1));
            givenWrong[bin] += (float)((1 - truth[t]) / Math.Max(wrong, 1));
        }

        return new GateProfile
        {
            From = from,
            GivenRight = givenRight,
            GivenWrong = givenWrong,
            Prior = right / truth.Length,
            Auroc = RankQuality.Auroc(raw, truth),
            Answers = truth.Length,
            Microseconds = 50,
        };
    }

    private static Part Fit(float[] a, int width, float[] right, int[] train, double ridge)
    {
        float[] mean = new float[width];
        float[] scale = new float[width];
        for (int f = 0; f < width; f++)
        {
            double sum = 0;
            double squares = 0;
            foreach (int i in train)
            {
                double x = a[(i * width) + f];
                sum += x;
                squares += x * x;
            }

            mean[f] = (float)(sum / train.Length);
            double variance = (squares / train.Length) - (mean[f] * (double)mean[f]);
            scale[f] = variance < 1e-9 ? 0 : (float)(1 / Math.Sqrt(variance));
        }

        var part = new Part(mean, scale, []);
        float[] rows = new float[train.Length * width];
        for (int t = 0; t < train.Length; t++)
            part.Standardise(a.AsSpan(train[t] * width, width), rows.AsSpan(t * width, width));
        float[] y = [.. train.Select(i => right[i])];
        return part with { Weights = LogisticFit.Fit(rows, train.Length, width, y, ridge) };
    }

    private static BoostedForest Grow(float[] a, int width, float[] right, int[] train, ulong seed)
    {
        float[] rows = new float[train.Length * width];
        for (int t = 0; t < train.Length; t++)
            a.AsSpan(train[t] * width, width).CopyTo(rows.AsSpan(t * width));
        float[] y = [.. train.Select(i => right[i])];
        return BoostTrainer.Fit(rows, train.Length, width, y, heads: 1, [], Trees, Depth, seed);
    }

    private static double One(BoostedForest forest, ReadOnlySpan<float> row)
    {
        Span<float> head = stackalloc float[1];
        forest.Predict(row, head);
        return head[0];
    }

    private static double LogLoss(double z, double y)
    {
        double p = Math.Clamp(LogisticFit.Sigmoid(z), 1e-6, 1 - 1e-6);
        return -((y * Math.Log(p)) + ((1 - y) * Math.Log(1 - p)));
    }

    private sealed record Part(float[] Mean, float[] Scale, double[] Weights)
    {
        public void Standardise(ReadOnlySpan<float> row, Span<float> into)
        {
            for (int f = 0; f < row.Length; f++)
                into[f] = Math.Clamp((row[f] - Mean[f]) * Scale[f], -6, 6);
        }

        public double Linear(ReadOnlySpan<float> row)
        {
            Span<float> standard = stackalloc float[row.Length];
            Standardise(row, standard);
            return LogisticFit.Value(Weights, standard);
        }
    }
}
