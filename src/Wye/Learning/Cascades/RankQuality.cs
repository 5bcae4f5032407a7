namespace Wye.Learning.Cascades;

/// <summary>How well scores rank right answers above wrong ones.</summary>
internal static class RankQuality
{
    /// <summary>P(a right answer scores above a wrong one), ties counted half; ½ when there is only one kind.</summary>
    /// <param name="score">Score per answer.</param>
    /// <param name="right">1 = right; a share counts as that much right and wrong.</param>
    public static double Auroc(ReadOnlySpan<float> score, ReadOnlySpan<float> right)
    {
        float[] keys = score.ToArray();
        float[] truth = right.ToArray();
        Array.Sort(keys, truth);
        (double below, double pairs, double rights, double wrongs) = (0, 0, 0, 0);
        for (int from = 0; from < keys.Length; )
        {
            (int to, double r, double w) = (from, 0, 0);
            while (to < keys.Length && keys[to] == keys[from])
            {
                r += truth[to];
                w += 1 - truth[to];
                to++;
            }

            pairs += r * (below + (w / 2));
            below += w;
            rights += r;
            wrongs += w;
            from = to;
        }

        return rights == 0 || wrongs == 0 ? 0.5 : pairs / (rights * wrongs);
    }
}
