using Wye.Learning.Metrics;
using Wye.Learning.Reading;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Files;
using Wye.Quality.Routers;

namespace Wye.Learning.Evaluation;

/// <summary>The guard split of a corpus, and what a router does on it.</summary>
internal static class GuardJudgement
{
    /// <summary>Fewer guard questions than this judge nothing.</summary>
    public const int LeastQuestions = 100;

    // A model that a set prices for fewer guard questions than this is left out there.
    private const double LeastPriced = 0.5;

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
        int known = guard.Count(i => !RouterScoring.IsUnseen(router, corpus.Query(i)));
        // 32-bit hashes of different questions may agree by chance; more than a few are none.
        return known <= 1 + (guard.Length / 200)
            ? guard
            : throw new InvalidDataException(
                $"{known} of {guard.Length} guard questions were learned from: router '{manifest.Name}' has seen its guard split."
            );
    }

    /// <summary>
    /// Judges the router set by set on guard questions that the served models which the set prices have all answered, and
    /// over all sets as one; null when no set has enough of them.
    /// </summary>
    public static ChampionGuard.Verdict? Judge(Corpus corpus, RouterSnapshot router, int[] guard, ulong seed)
    {
        if (router.Costs is null || router.Quality is null)
            return null;
        var pools = new List<(PoolOutcome, ChoiceSweep)>();
        for (int s = 0; s < corpus.Sets.Count; s++)
        {
            if (PoolOf(corpus, s, router, guard) is not var (pool, items))
                continue;
            (float[] quality, double[] cost) = RouterScoring.Pool(router, corpus, items, pool.Models);
            pool.FillUnknown(cost);
            pools.Add((pool, ChoiceSweep.ByTradeOff(pool.Models.Count, quality, cost)));
        }

        return pools.Count == 0 ? null : ChampionGuard.Judge(pools, seed: seed);
    }

    private static (PoolOutcome Pool, int[] Items)? PoolOf(Corpus corpus, int s, RouterSnapshot router, int[] guard)
    {
        LabelledSet set = corpus.Sets[s];
        int offset = corpus.Offsets[s];
        int[] asked = [.. guard.Where(i => corpus.SetOf(i) == s)];
        bool Priced(int item, int column) =>
            !float.IsNaN(set.Score(item - offset, column)) && set.Cost(item - offset, column) >= 0;
        string[] models =
        [
            .. router.Models.Where(m =>
                set.IndexOf(m) is var c and >= 0 && asked.Count(i => Priced(i, c)) >= LeastPriced * asked.Length
            ),
        ];
        int[] columns = Array.ConvertAll(models, set.IndexOf);
        int[] items = [.. asked.Where(i => columns.All(c => Priced(i, c)))];
        return models.Length < 2 || items.Length < LeastQuestions
            ? null
            : (
                new PoolOutcome(
                    models,
                    [.. items.SelectMany(i => columns.Select(c => set.Score(i - offset, c)))],
                    [.. items.SelectMany(i => columns.Select(c => set.Cost(i - offset, c)))]
                ),
                items
            );
    }
}
