using Wye.Learning.Training.Corpora;

namespace Wye.Learning.Evaluation.Baselines;

/// <summary>The baselines for a router that is trained already: fitted on the measured questions themselves, in folds.</summary>
/// <remarks>They learn from the very set the router has never seen: an advantage, which a router must make up for.</remarks>
internal static class CrossFit
{
    /// <summary>Folds.</summary>
    public const int Count = 5;

    /// <summary>Fewer questions than this are too few to fit a baseline on.</summary>
    public const int Least = 100;

    /// <summary>TF-IDF ridge and labelled table. [items × targets] each; <paramref name="each"/> sees every fold.</summary>
    public static (float[] TfIdf, float[] Table) Fit(
        Corpus corpus,
        int[] items,
        int targets,
        Func<int, int, float> target,
        ulong seed,
        Action<int[]>? each = null
    )
    {
        float[] ridge = new float[items.Length * targets];
        float[] table = new float[ridge.Length];
        int[] foldOf = Array.ConvertAll(items, i => Folds.Of(corpus.Query(i).Key, Count, seed + 29));
        for (int fold = 0; fold < Count; fold++)
        {
            int[] places = [.. Enumerable.Range(0, items.Length).Where(i => foldOf[i] == fold)];
            int[] test = Array.ConvertAll(places, p => items[p]);
            int[] train = [.. items.Where((_, i) => foldOf[i] != fold)];
            if (test.Length == 0 || train.Length == 0)
                continue;
            Put(TfIdfRidge.Predict(corpus, train, test, targets, target, seed), places, targets, ridge);
            Put(TaskTable.Predict(corpus, train, test, targets, target), places, targets, table);
            each?.Invoke(places);
        }

        return (ridge, table);
    }

    private static void Put(float[] predicted, int[] places, int targets, float[] to)
    {
        for (int i = 0; i < places.Length; i++)
            Array.Copy(predicted, i * targets, to, places[i] * targets, targets);
    }
}
