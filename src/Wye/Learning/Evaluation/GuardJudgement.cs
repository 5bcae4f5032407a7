using Wye.Learning.Metrics;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Quality;
using Wye.Quality.Files;

namespace Wye.Learning.Evaluation;

/// <summary>The guard split of a corpus, and what a router does on it.</summary>
internal static class GuardJudgement
{
    /// <summary>Fewer guard questions than this judge nothing.</summary>
    public const int LeastQuestions = 100;

    /// <summary>Items set aside under a seed.</summary>
    public static int[] Items(Corpus corpus, ulong seed) =>
        [.. Enumerable.Range(0, corpus.Count).Where(i => GuardSplit.Holds(corpus.Query(i).Key, seed))];

    /// <summary>Hash of the guard questions, as the router file carries it.</summary>
    public static string HashOf(Corpus corpus, int[] guard) =>
        GuardSplit.HashOf(guard.Select(i => corpus.Query(i).Key));

    /// <summary>The guard items, after proof that they are the ones that were set aside and that none was learned from.</summary>
    /// <exception cref="InvalidDataException">They may not be called unseen; says why.</exception>
    public static int[] Verified(Corpus corpus, RouterManifest manifest, RouterSnapshot router)
    {
        if (manifest.Guard.Length == 0)
            throw new InvalidDataException(
                $"Router '{manifest.Name}' carries no guard split: nothing of this data may be called unseen. Train it with 'wye train', which sets one aside."
            );
        int[] guard = Items(corpus, manifest.Seed);
        if (!string.Equals(HashOf(corpus, guard), manifest.Guard, StringComparison.Ordinal))
            throw new InvalidDataException(
                $"The guard split of this data is not the one that was set aside when router '{manifest.Name}' was trained, so it may not be called unseen. Give --data the same sets: {string.Join(", ", manifest.Sources.Select(s => s.Name))}."
            );
        int known = guard.Count(i =>
            Array.BinarySearch(router.TrainedQuestions, Folds.HashOf(corpus.Query(i).Key)) >= 0
        );
        // 32-bit hashes of different questions may agree by chance; more than a few are none.
        return known <= 1 + (guard.Length / 200)
            ? guard
            : throw new InvalidDataException(
                $"{known} of {guard.Length} guard questions were learned from: router '{manifest.Name}' has seen its guard split."
            );
    }

    /// <summary>Judges the router on guard questions where all its models have a score and a cost, over all sets; null when they are too few.</summary>
    public static ChampionGuard.Verdict? Judge(Corpus corpus, RouterSnapshot router, int[] guard, ulong seed)
    {
        if (router.Costs is null || router.Quality is null || router.Models.Count < 2)
            return null;
        var items = new List<int>();
        var quality = new List<float>();
        var cost = new List<double>();
        for (int s = 0; s < corpus.Sets.Count; s++)
        {
            LabelledSet set = corpus.Sets[s];
            int[] columns = [.. router.Models.Select(set.IndexOf)];
            if (columns.Any(c => c < 0))
                continue;
            int offset = corpus.Offsets[s];
            foreach (int item in guard.Where(i => corpus.SetOf(i) == s))
            {
                if (!columns.All(c => !float.IsNaN(set.Score(item - offset, c)) && set.Cost(item - offset, c) >= 0))
                    continue;
                items.Add(item);
                quality.AddRange(columns.Select(c => set.Score(item - offset, c)));
                cost.AddRange(columns.Select(c => set.Cost(item - offset, c)));
            }
        }

        if (items.Count < LeastQuestions)
            return null;
        (float[] predicted, double[] expected) = RouterScoring.Pool(router, corpus, [.. items], router.Models);
        var pool = new PoolOutcome(router.Models, [.. quality], [.. cost]);
        return ChampionGuard.Judge(pool, predicted, expected, seed: seed);
    }
}
