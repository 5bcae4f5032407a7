using System.Globalization;
using Wye.Learning.Evaluation.Baselines;
using Wye.Learning.Numerics;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Learning.Training.Corpora;

namespace Wye.Learning.Guarantee;

/// <summary>How often a promise of quality is broken; <c>eng/verify guarantee</c> records it with 2,000 splits per row.</summary>
public sealed class GuaranteeFigureTests
{
    private const int Sampled = 500;
    private static readonly Lock Gate = new();

    private static int Splits =>
        int.TryParse(Environment.GetEnvironmentVariable("WYE_SPLITS"), CultureInfo.InvariantCulture, out int splits)
            ? splits
            : 100;

    [Theory]
    [InlineData("right or wrong, informed router", 0.95)]
    [InlineData("right or wrong, informed router", 0.9)]
    [InlineData("graded answers", 0.95)]
    [InlineData("uninformed router", 0.9)]
    [InlineData("weak better than the router thinks", 0.95)]
    [InlineData("cliff: beyond a threshold weak always fails", 0.9)]
    public void Promise_OnInventedTraffic_IsKept(string traffic, double share)
    {
        (float[] rate, float[] weak, float[] strong) = Invent(traffic);

        Check(traffic, rate, weak, strong, share);
    }

    [Theory]
    [InlineData(0.95)]
    [InlineData(0.9)]
    public void Promise_OnTheSampleSet_IsKept(double share)
    {
        (float[] rate, float[] weak, float[] strong) = Score(SampleSet(), "acorn-mini", "cedar-max");

        Check("samples/labelled, TF-IDF ridge out of fold", rate, weak, strong, share);
    }

    private static void Check(string traffic, float[] rate, float[] weak, float[] strong, double share)
    {
        float[] grid = [.. Enumerable.Range(-50, 151).Select(i => i / 100f), float.PositiveInfinity];
        double[] kept = Array.ConvertAll(grid, t => QualityShare(rate, weak, strong, t));
        var random = new Gaussian(17);
        (int broken, int achieved) = (0, 0);
        double calls = 0;
        for (int split = 0; split < Splits; split++)
        {
            int[] sample = [.. Enumerable.Range(0, Sampled).Select(_ => random.NextBelow(rate.Length))];
            QualityGuarantee.Promise promise = QualityGuarantee.Find(
                Array.ConvertAll(sample, i => rate[i]),
                Array.ConvertAll(sample, i => weak[i]),
                Array.ConvertAll(sample, i => strong[i]),
                share,
                0.95,
                grid
            );
            calls += promise.StrongShare / Splits;
            achieved += promise.Achieved ? 1 : 0;
            broken += promise.Achieved && kept[Array.IndexOf(grid, promise.Threshold)] < share ? 1 : 0;
        }

        Record(traffic, share, broken / (double)Splits, achieved / (double)Splits, calls);
        // Five in a hundred may break; six with the noise of a check of this size.
        (broken / (double)Splits).ShouldBeLessThanOrEqualTo(0.06);
    }

    private static (float[] Rate, float[] Weak, float[] Strong) Invent(string traffic)
    {
        var random = new Gaussian(3);
        const int count = 20_000;
        float[] rate = new float[count];
        float[] weak = new float[count];
        float[] strong = new float[count];
        for (int i = 0; i < count; i++)
        {
            double hard = random.NextUniform();
            rate[i] = (float)(
                traffic.StartsWith("uninformed", StringComparison.Ordinal) ? random.NextUniform()
                : traffic.StartsWith("weak better", StringComparison.Ordinal) ? Math.Sqrt(hard)
                : hard
            );
            double right = traffic.StartsWith("cliff", StringComparison.Ordinal)
                ? (hard > 0.6 ? 0 : 0.9)
                : 1 - (0.6 * hard);
            bool graded = traffic.StartsWith("graded", StringComparison.Ordinal);
            weak[i] = (float)(
                graded ? right * random.NextUniform()
                : random.NextUniform() < right ? 1
                : 0
            );
            strong[i] = (float)(
                graded ? 0.9 * random.NextUniform()
                : random.NextUniform() < 0.9 ? 1
                : 0
            );
        }

        return (rate, weak, strong);
    }

    private static (float[] Rate, float[] Weak, float[] Strong) Score(LabelledSet set, string weak, string strong)
    {
        Corpus corpus = Corpus.Build([set]);
        (int w, int s) = (set.IndexOf(weak), set.IndexOf(strong));
        int[] items = PairTrainer.Labelled(corpus, 0, w, s, Enumerable.Range(0, corpus.Count));
        (float[] rate, _) = CrossFit.Fit(corpus, items, 1, (i, _) => set.Score(i, s) - set.Score(i, w), 1);
        return (rate, Array.ConvertAll(items, i => set.Score(i, w)), Array.ConvertAll(items, i => set.Score(i, s)));
    }

    private static LabelledSet SampleSet()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Wye.slnx")))
            folder = folder.Parent;
        return LabelledSetReader.Read(Path.Combine(folder.FullName, "samples", "labelled"));
    }

    private static double QualityShare(float[] rate, float[] weak, float[] strong, float threshold)
    {
        double chosen = 0;
        for (int i = 0; i < rate.Length; i++)
            chosen += rate[i] >= threshold ? strong[i] : weak[i];
        return chosen / strong.Sum(s => (double)s);
    }

    private static void Record(string traffic, double share, double broken, double achieved, double calls)
    {
        if (Environment.GetEnvironmentVariable("WYE_FIGURES") is not { Length: > 0 } file)
            return;
        lock (Gate)
        {
            File.AppendAllText(
                file,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{traffic}\t{share:0.##}\t{Splits}\t{broken:0.0000}\t{achieved:0.000}\t{calls:0.000}\n"
                )
            );
        }
    }
}
