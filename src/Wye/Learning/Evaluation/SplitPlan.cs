using Wye.Learning.Training.Corpora;

namespace Wye.Learning.Evaluation;

/// <summary>How questions are split into train and test.</summary>
internal sealed record SplitPlan
{
    // Fewer teach no router anything.
    private const int LeastTrained = 20;

    /// <summary>Number of folds; every question is tested once.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Labels the router may learn from per fold; null for all.</summary>
    public int? TrainOn { get; init; }

    /// <summary>Whole tasks are left out: the test domain is unseen in every set.</summary>
    public bool ColdTasks { get; init; }

    /// <summary>Seed of the folds and of the label sample.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Test rows, labelled training rows, and all items of all sets that may be learned from.</summary>
    /// <exception cref="InvalidDataException">There is something to test, and next to nothing to learn from.</exception>
    public (int[] Test, int[] Train, int[] All) Split(Corpus corpus, int set, int[] items, int fold)
    {
        int[] chosen = [.. items.Where(i => FoldOf(corpus, i) == fold)];
        var groups = chosen.Select(i => corpus.Groups[i]).ToHashSet();
        var topics = chosen.Select(i => TopicName.Of(corpus.Query(i).Topic)).ToHashSet(StringComparer.Ordinal);
        bool Hidden(int item) =>
            groups.Contains(corpus.Groups[item])
            || (ColdTasks && topics.Contains(TopicName.Of(corpus.Query(item).Topic)));
        int[] test = ColdTasks ? chosen : [.. items.Where(i => groups.Contains(corpus.Groups[i]))];
        int[] train = [.. items.Where(i => !Hidden(i))];
        if (TrainOn is { } labels)
            train =
            [
                .. train
                    .OrderBy(i => Training.Corpora.Folds.Of(corpus.Query(i).Key, int.MaxValue, Seed + 3))
                    .ThenBy(i => i)
                    .Take(labels),
            ];
        if (test.Length > 0 && train.Length < LeastTrained)
            throw new InvalidDataException(
                $"Fold {fold + 1} of {Folds} of set '{corpus.Sets[set].Name}' leaves {train.Length} questions to learn from; at least {LeastTrained} are needed. {(ColdTasks ? "Its questions are of too few tasks for --leave-tasks-out: leave that out, or add tasks." : "Add data.")}"
            );
        var kept = train.ToHashSet();
        // Unlabelled rows of the tested set itself stay out, so that a label budget means what it says.
        int[] all =
        [
            .. Enumerable.Range(0, corpus.Count).Where(i => !Hidden(i) && (corpus.SetOf(i) != set || kept.Contains(i))),
        ];
        return (test, train, all);
    }

    private int FoldOf(Corpus corpus, int item) =>
        Training.Corpora.Folds.Of(ColdTasks ? corpus.Query(item).Task : corpus.Query(item).Key, Folds, Seed);
}
