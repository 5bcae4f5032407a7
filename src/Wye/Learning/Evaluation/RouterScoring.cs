using System.Text;
using Wye.Learning.Metrics;
using Wye.Learning.Reading;
using Wye.Learning.Training;
using Wye.Quality;
using Wye.Signals.Features;

namespace Wye.Learning.Evaluation;

/// <summary>Scores a labelled set with a trained router, exactly as a request would be scored.</summary>
internal static class RouterScoring
{
    /// <summary>Items of a set whose question the router was not trained on.</summary>
    public static int[] Unseen(RouterSnapshot router, Corpus corpus, int set) =>
        [
            .. Enumerable
                .Range(corpus.Offsets[set], corpus.Sets[set].Queries.Count)
                .Where(i => Array.BinarySearch(router.TrainedQuestions, Folds.HashOf(corpus.Query(i).Key)) < 0),
        ];

    /// <summary>Gain of strong over weak per question: the pair's own head, else the difference of the two qualities.</summary>
    public static float[] Gains(RouterSnapshot router, Corpus corpus, int[] items, string weak, string strong)
    {
        PairHeads? pair = router.Pairs.FirstOrDefault(p => p.Weak == weak && p.Strong == strong);
        (int w, int s) = (router.IndexOf(weak), router.IndexOf(strong));
        if (pair is null && (w < 0 || s < 0))
        {
            throw new InvalidDataException(
                $"The router knows no pair {weak},{strong} and not both models. It knows: {string.Join(", ", router.Models)}."
            );
        }

        var scratch = new PromptScratch();
        float[] heads = new float[pair?.Group.Heads ?? router.Models.Count];
        return Array.ConvertAll(
            items,
            item =>
            {
                EncodedPrompt prompt = Encode(router, corpus.Query(item), scratch);
                (pair?.Group ?? router.Quality!).Estimate(prompt, scratch.Estimates, heads);
                return pair is null ? heads[s] - heads[w] : heads[0];
            }
        );
    }

    /// <summary>Predicted quality and cost for a pool. [items × models] each; cost NaN when the router predicts none.</summary>
    public static (float[] Quality, double[] Cost) Pool(
        RouterSnapshot router,
        Corpus corpus,
        int[] items,
        IReadOnlyList<string> pool
    )
    {
        int[] heads = [.. pool.Select(m => router.IndexOf(m))];
        if (Array.IndexOf(heads, -1) is var missing and >= 0)
            throw new InvalidDataException(
                $"The router does not know model '{pool[missing]}'. It knows: {string.Join(", ", router.Models)}."
            );
        float[] quality = new float[items.Length * heads.Length];
        double[] cost = new double[quality.Length];
        Array.Fill(cost, double.NaN);
        var scratch = new PromptScratch();
        float[] all = new float[router.Models.Count];
        for (int i = 0; i < items.Length; i++)
        {
            EncodedPrompt prompt = Encode(router, corpus.Query(items[i]), scratch);
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

    private static EncodedPrompt Encode(RouterSnapshot router, LabelledQuery query, PromptScratch scratch) =>
        router.Encode(
            new PromptText
            {
                User = Encoding.UTF8.GetBytes(query.Prompt),
                System = Encoding.UTF8.GetBytes(query.System),
                Tools = Encoding.UTF8.GetBytes(query.Tools),
            },
            scratch
        );
}
