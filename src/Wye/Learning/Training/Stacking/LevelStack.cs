namespace Wye.Learning.Training.Stacking;

/// <summary>Stack of models' quality in two steps: the level all models share, and each model's distance from it.</summary>
/// <remarks>
/// How hard a question is can be told from its text much better than which model is better at it. One set of weights
/// for both leaves the distances too large, and the best of several overestimated distances is a bad choice. So the
/// distances start at those of the inferred task, and move from there only as far as the data insist.
/// </remarks>
internal static class LevelStack
{
    /// <summary>Weights on the heads' own parts with constants, and weights on the parts' means over the heads.</summary>
    /// <param name="parts">Out-of-fold estimates. [rows × parts × heads].</param>
    /// <param name="truth">Observed values. [rows × heads].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="count">Number of parts.</param>
    /// <param name="forests">How many of the parts, at the end, are forests.</param>
    /// <param name="tasks">Number of the part that knows tasks only.</param>
    /// <param name="heads">Number of heads.</param>
    public static (float[] Stack, float[] Level) Fit(
        float[] parts,
        float[] truth,
        int rows,
        int count,
        int forests,
        int tasks,
        int heads
    )
    {
        (float[] meanParts, float[] distantParts) = Split(parts, rows * count, heads);
        (float[] meanTruth, float[] distantTruth) = Split(truth, rows, heads);
        float[] common = StackTrainer.Fit(meanParts, meanTruth, rows, count, 1, StackPrior.Even(count, forests));
        float[] own = StackTrainer.Fit(distantParts, distantTruth, rows, count, heads, StackPrior.Only(count, tasks));
        float[] level = new float[heads * count];
        for (int h = 0; h < heads; h++)
        {
            // own · (part − mean) + common · mean, with the constants of both.
            for (int p = 0; p < count; p++)
                level[(h * count) + p] = common[p] - own[(h * (count + 1)) + p];
            own[(h * (count + 1)) + count] += common[count];
        }

        return (own, level);
    }

    private static (float[] Mean, float[] Distance) Split(float[] values, int rows, int heads)
    {
        float[] mean = new float[rows];
        float[] distance = new float[rows * heads];
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> row = values.AsSpan(r * heads, heads);
            float sum = 0;
            foreach (float value in row)
                sum += value;
            mean[r] = sum / heads;
            for (int h = 0; h < heads; h++)
                distance[(r * heads) + h] = row[h] - mean[r];
        }

        return (mean, distance);
    }
}
