namespace Wye.Learning.Evaluation;

/// <summary>Replaces scores of one fold by their rank in it, so that folds with routers of their own can be joined.</summary>
internal static class FoldRank
{
    /// <summary>Ranks 0..1 among the given places; equal scores share one rank.</summary>
    public static void Within(float[] scores, int[] places)
    {
        float[] sorted = Array.ConvertAll(places, i => scores[i]);
        Array.Sort(sorted);
        foreach (int place in places)
        {
            int low = LowerBound(sorted, scores[place], orEqual: false);
            int high = LowerBound(sorted, scores[place], orEqual: true);
            // A router that cannot tell two questions apart stays one that cannot tell.
            scores[place] = (low + high) / (2f * sorted.Length);
        }
    }

    private static int LowerBound(float[] sorted, float value, bool orEqual)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
