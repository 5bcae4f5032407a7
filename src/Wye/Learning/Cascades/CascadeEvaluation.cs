using Wye.Gates;
using Wye.Gates.Checks;
using Wye.Gates.Composing;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Routers;

namespace Wye.Learning.Cascades;

/// <summary>Measures a cascade offline: every weak answer is judged by a gate that has not seen its question.</summary>
internal sealed class CascadeEvaluation
{
    /// <summary>The questions with answers.</summary>
    public required AnsweredSet Set { get; init; }

    /// <summary>P(right) of each weak answer, from the fold in which its question was held out.</summary>
    public required float[] Score { get; init; }

    /// <summary>Whether the gate that needs no training refuses each weak answer.</summary>
    public required bool[] Refused { get; init; }

    /// <summary>The learned gate's curve.</summary>
    public required CascadeFigures Learned { get; init; }

    /// <summary>The untrained gate, and the learned one at several escalation shares.</summary>
    public required IReadOnlyList<GatePoint> Points { get; init; }

    /// <summary>Runs it.</summary>
    /// <param name="set">Questions with answers.</param>
    /// <param name="folds">Folds by question.</param>
    /// <param name="seed">Seed of folds and training.</param>
    /// <param name="gate">A trained gate to measure instead of training one per fold; null = train.</param>
    /// <param name="tick">Told each fold as it is done.</param>
    public static CascadeEvaluation Run(AnsweredSet set, int folds, ulong seed, LearnedGate? gate, Action<int> tick)
    {
        float[] a = GateRows.Of(set);
        int width = GateRows.Width;
        int n = set.Rows.Length;
        string[] keys = [.. Enumerable.Range(0, n).Select(set.Key)];
        float[] score = new float[n];
        int[] fold = [.. keys.Select(key => Folds.Of(key, folds, seed))];
        for (int k = 0; k < folds; k++)
        {
            LearnedGate judge =
                gate
                ?? GateTrainer.Train(
                    "fold",
                    a,
                    set.Weak,
                    keys,
                    [.. Enumerable.Range(0, n).Where(i => fold[i] != k)],
                    seed
                );
            for (int i = 0; i < n; i++)
            {
                if (fold[i] == k)
                    score[i] = (float)judge.Raw(a.AsSpan(i * width, width));
            }

            tick(k);
        }

        bool[] refused = Untrained(set);
        var points = new List<GatePoint>
        {
            GatePoint.Of("well-formed + arithmetic, untrained", refused, set.Weak, set.Strong, seed),
        };
        foreach (double share in (double[])[0.1, 0.2, 0.3, 0.4])
            points.Add(
                GatePoint.Of(
                    FormattableString.Invariant($"learned, {share:P0} escalated"),
                    Lowest(score, share),
                    set.Weak,
                    set.Strong,
                    seed
                )
            );
        return new CascadeEvaluation
        {
            Set = set,
            Score = score,
            Refused = refused,
            Learned = CascadeFigures.Of("learned gate", score, set.Weak, set.Strong, seed),
            Points = points,
        };
    }

    /// <summary>The answers with the lowest scores.</summary>
    public static bool[] Lowest(float[] score, double share)
    {
        int[] order = [.. Enumerable.Range(0, score.Length).OrderBy(i => score[i]).ThenBy(i => i)];
        bool[] lowest = new bool[score.Length];
        foreach (int i in order.Take((int)(share * score.Length)))
            lowest[i] = true;
        return lowest;
    }

    /// <summary>What the gate <c>wellformed</c> refuses: no marked result, a refusal to answer, or wrong arithmetic.</summary>
    private static bool[] Untrained(AnsweredSet set)
    {
        var gate = new AllGate(
            [new RefusalGate(3), new FinalAnswerGate(number: true, marker: null), new ArithmeticGate()],
            strict: false
        );
        var view = new AnswerView();
        bool[] refused = new bool[set.Rows.Length];
        for (int i = 0; i < refused.Length; i++)
        {
            view.Load(set.Prompt(i), set.Answers[i]);
            // Every part decides at once, so the task is complete.
            ValueTask<GateVerdict> verdict = gate.JudgeAsync(view, CancellationToken.None);
            refused[i] = verdict.IsCompletedSuccessfully && verdict.Result.Decision == GateDecision.Refused;
        }

        return refused;
    }
}
