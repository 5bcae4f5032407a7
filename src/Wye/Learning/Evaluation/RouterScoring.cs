using System.Text;
using Wye.Learning.Reading;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Heads;
using Wye.Quality.Routers;
using Wye.Signals.Features;

namespace Wye.Learning.Evaluation;

/// <summary>Scores a labelled set with a trained router, exactly as a request would be scored.</summary>
internal static class RouterScoring
{
    /// <summary>Whether a router was not trained on a question.</summary>
    public static bool IsUnseen(RouterSnapshot router, LabelledQuery query) =>
        Array.BinarySearch(router.TrainedQuestions, Folds.HashOf(query.Key)) < 0;

    /// <summary>Items of a set whose question the router was not trained on.</summary>
    public static int[] Unseen(RouterSnapshot router, Corpus corpus, int set) =>
        [
            .. Enumerable
                .Range(corpus.Offsets[set], corpus.Sets[set].Queries.Count)
                .Where(i => IsUnseen(router, corpus.Query(i))),
        ];

    /// <summary>Gain of strong over weak per question: the pair's own head, else the difference of the two qualities.</summary>
    public static float[] Gains(RouterSnapshot router, Corpus corpus, int[] items, string weak, string strong) =>
        Gains(router, Array.ConvertAll(items, corpus.Query), weak, strong);

    /// <summary>The same for questions of no corpus.</summary>
    public static float[] Gains(RouterSnapshot router, IReadOnlyList<LabelledQuery> queries, string weak, string strong)
    {
        (PairHeads? pair, int w, int s) = Find(router, weak, strong);
        var scratch = new PromptScratch();
        float[] heads = new float[pair?.Group.Heads ?? router.Models.Count];
        return
        [
            .. queries.Select(query =>
            {
                EncodedPrompt prompt = Encode(router, query, scratch);
                (pair?.Group ?? router.Quality!).Estimate(prompt, scratch.Estimates, heads);
                return pair is null ? heads[s] - heads[w] : heads[0];
            }),
        ];
    }

    /// <summary>
    /// Predicted quality of weak and strong: the calibrated heads where the router has them, as far apart as the pair's
    /// own head says if it has one. [items × 2].
    /// </summary>
    public static float[] PairQualities(RouterSnapshot router, Corpus corpus, int[] items, string weak, string strong)
    {
        (PairHeads? pair, int w, int s) = Find(router, weak, strong);
        bool calibrated = router.Quality is not null && w >= 0 && s >= 0;
        HeadGroup group = calibrated ? router.Quality! : pair!.Group;
        (int first, int second) = calibrated ? (w, s) : (1, 2);
        var scratch = new PromptScratch();
        float[] heads = new float[group.Heads];
        float[] gain = new float[pair?.Group.Heads ?? 0];
        float[] quality = new float[items.Length * 2];
        for (int i = 0; i < items.Length; i++)
        {
            EncodedPrompt prompt = Encode(router, corpus.Query(items[i]), scratch);
            group.Estimate(prompt, scratch.Estimates, heads);
            (float Weak, float Strong) both = (heads[first], heads[second]);
            if (pair is not null)
            {
                pair.Group.Estimate(prompt, scratch.Estimates, gain);
                both = PairQuality.Apart(both.Weak, both.Strong, gain[0]);
            }

            (quality[i * 2], quality[(i * 2) + 1]) = both;
        }

        return quality;
    }

    /// <summary>Predicted quality and cost for a pool. [items × models] each; cost NaN when the router predicts none.</summary>
    public static (float[] Quality, double[] Cost) Pool(
        RouterSnapshot router,
        Corpus corpus,
        int[] items,
        IReadOnlyList<string> pool
    ) => Pool(router, Array.ConvertAll(items, corpus.Query), pool);

    /// <summary>The same for questions of no corpus.</summary>
    public static (float[] Quality, double[] Cost) Pool(
        RouterSnapshot router,
        IReadOnlyList<LabelledQuery> queries,
        IReadOnlyList<string> pool
    )
    {
        int[] heads = [.. pool.Select(m => Head(router, m))];
        float[] quality = new float[queries.Count * heads.Length];
        double[] cost = new double[quality.Length];
        Array.Fill(cost, double.NaN);
        var scratch = new PromptScratch();
        float[] all = new float[router.Models.Count];
        for (int i = 0; i < queries.Count; i++)
        {
            EncodedPrompt prompt = Encode(router, queries[i], scratch);
            router.Quality!.Estimate(prompt, scratch.Estimates, all);
            for (int m = 0; m < heads.Length; m++)
                quality[(i * heads.Length) + m] = all[heads[m]];
            if (router.Costs is null)
                continue;
            router.Costs.Estimate(prompt, scratch.Estimates, all);
            for (int m = 0; m < heads.Length; m++)
                cost[(i * heads.Length) + m] = Math.Exp(all[heads[m]]);
        }

        return (quality, cost);
    }

    private static (PairHeads? Pair, int Weak, int Strong) Find(RouterSnapshot router, string weak, string strong)
    {
        PairHeads? pair = router.Pairs.FirstOrDefault(p => p.Weak == weak && p.Strong == strong);
        (int w, int s) = (router.IndexOf(weak), router.IndexOf(strong));
        if (pair is not null || (router.Quality is not null && w >= 0 && s >= 0))
            return (pair, w, s);
        string missing = w < 0 ? weak : strong;
        throw new InvalidDataException(
            $"The router knows no pair {weak},{strong} and not both models. {UnknownModel.Hint(missing, router.Models)}"
        );
    }

    private static int Head(RouterSnapshot router, string model) =>
        router.Quality is not null && router.IndexOf(model) is var at and >= 0
            ? at
            : throw new InvalidDataException(
                $"The router does not know model '{model}'. {UnknownModel.Hint(model, router.Models)}"
            );

    private static EncodedPrompt Encode(RouterSnapshot router, LabelledQuery query, PromptScratch scratch) =>
        router.Encode(
            new PromptText
            {
                User = Encoding.UTF8.GetBytes(query.Prompt),
                System = Encoding.UTF8.GetBytes(query.System),
                Tools = Encoding.UTF8.GetBytes(query.Tools),
            },
            scratch,
            query.Embedding.Span
        );
}
