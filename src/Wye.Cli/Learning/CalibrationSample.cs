using Wye.Learning.Evaluation;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Routers;

namespace Wye.Cli.Learning;

/// <summary>Gains, scores and costs of a pair on questions the router was not trained on.</summary>
internal sealed record CalibrationSample(
    float[] Gains,
    float[] Weak,
    float[] Strong,
    double[] WeakCost,
    double[] StrongCost
)
{
    private const int Least = 50;

    /// <summary>Number of questions.</summary>
    public int Count => Gains.Length;

    /// <summary>Whether every answer has a cost.</summary>
    public bool Priced => WeakCost.All(c => c >= 0) && StrongCost.All(c => c >= 0);

    /// <summary>Share of questions that go to strong.</summary>
    public double StrongShare(float threshold) => Gains.Count(g => g >= threshold) / (double)Count;

    /// <summary>Mean quality over strong's.</summary>
    public double QualityShare(float threshold)
    {
        double strong = Strong.Sum(s => (double)s);
        return strong > 0 ? Gains.Select((g, i) => (double)(g >= threshold ? Strong[i] : Weak[i])).Sum() / strong : 1;
    }

    /// <summary>Mean cost in USD.</summary>
    public double Cost(float threshold) =>
        Gains.Select((g, i) => g >= threshold ? StrongCost[i] : WeakCost[i]).Average();

    /// <summary>Collects the sample over all sets that have both models.</summary>
    public static CalibrationSample Of(Corpus corpus, RouterSnapshot router, string weak, string strong)
    {
        var gains = new List<float>();
        var cells = new List<(float Weak, float Strong, double WeakCost, double StrongCost)>();
        int labelled = 0;
        for (int s = 0; s < corpus.Sets.Count; s++)
        {
            LabelledSet set = corpus.Sets[s];
            (int w, int t) = (set.IndexOf(weak), set.IndexOf(strong));
            if (w < 0 || t < 0)
                continue;
            // A promise made on questions the router was trained on would not hold on any other.
            int offset = corpus.Offsets[s];
            labelled += PairTrainer.Labelled(corpus, s, w, t, Enumerable.Range(offset, set.Queries.Count)).Length;
            int[] rows = PairTrainer.Labelled(corpus, s, w, t, RouterScoring.Unseen(router, corpus, s));
            gains.AddRange(RouterScoring.Gains(router, corpus, rows, weak, strong));
            cells.AddRange(
                rows.Select(i =>
                    (
                        set.Score(i - offset, w),
                        set.Score(i - offset, t),
                        set.Cost(i - offset, w),
                        set.Cost(i - offset, t)
                    )
                )
            );
        }

        if (labelled == 0)
            throw new InvalidDataException(
                UnknownModel.Complaint(corpus.Sets, weak, strong)
                    ?? $"No set has answers of both {weak} and {strong} to one question. Calibrate on a set that has."
            );

        if (gains.Count < Least)
            throw new InvalidDataException(
                $"{gains.Count} of {labelled} questions with answers of both models are new to the router; at least {Least} are needed. Calibrate on data it was not trained on."
            );
        return new CalibrationSample(
            [.. gains],
            [.. cells.Select(c => c.Weak)],
            [.. cells.Select(c => c.Strong)],
            [.. cells.Select(c => c.WeakCost)],
            [.. cells.Select(c => c.StrongCost)]
        );
    }
}
