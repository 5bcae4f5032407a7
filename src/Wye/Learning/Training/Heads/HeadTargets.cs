namespace Wye.Learning.Training.Heads;

/// <summary>What a group of heads is trained to predict.</summary>
/// <param name="Heads">Number of heads.</param>
/// <param name="Rows">Items with targets.</param>
/// <param name="Truth">Observed (or filled-in) value per item and head, by item number. [items × heads].</param>
/// <param name="Mixed">Truth mixed with what other models' answers make likely; base estimators learn from this.</param>
internal sealed record HeadTargets(int Heads, int[] Rows, float[] Truth, float[] Mixed)
{
    /// <summary>How much each head counts when the forests choose splits; empty means all alike.</summary>
    public float[] Emphasis { get; init; } = [];

    /// <summary>Mean truth per head over some rows.</summary>
    public float[] MeanOf(ReadOnlySpan<int> rows) => MeanOf(Truth, rows, Heads);

    public static float[] MeanOf(float[] values, ReadOnlySpan<int> rows, int heads)
    {
        double[] sum = new double[heads];
        foreach (int row in rows)
        {
            for (int h = 0; h < heads; h++)
                sum[h] += values[(row * heads) + h];
        }

        int count = Math.Max(1, rows.Length);
        return Array.ConvertAll(sum, s => (float)(s / count));
    }

    /// <summary>Values of the given rows in that order. [rows × heads].</summary>
    public static float[] Pick(float[] values, ReadOnlySpan<int> rows, int heads)
    {
        float[] picked = new float[rows.Length * heads];
        for (int i = 0; i < rows.Length; i++)
            values.AsSpan(rows[i] * heads, heads).CopyTo(picked.AsSpan(i * heads));
        return picked;
    }
}
