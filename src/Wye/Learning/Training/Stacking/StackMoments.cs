namespace Wye.Learning.Training.Stacking;

/// <summary>Centred second moments of one head's parts and targets, summed over the rows.</summary>
/// <param name="Gram">Products of the parts. [parts × parts].</param>
/// <param name="Slope">Products of parts and target. [parts].</param>
/// <param name="Means">Mean per part, the target's last. [parts + 1].</param>
/// <param name="Variance">Squares of the target.</param>
internal sealed record StackMoments(double[] Gram, double[] Slope, double[] Means, double Variance)
{
    /// <summary>Moments of one head.</summary>
    /// <param name="parts">Out-of-fold estimates. [rows × parts × heads].</param>
    /// <param name="targets">Targets. [rows × heads].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="count">Number of parts.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="head">The head wanted.</param>
    public static StackMoments Of(float[] parts, float[] targets, int rows, int count, int heads, int head)
    {
        double[] means = new double[count + 1];
        for (int r = 0; r < rows; r++)
        {
            for (int p = 0; p < count; p++)
                means[p] += parts[(((r * count) + p) * heads) + head] / rows;
            means[count] += targets[(r * heads) + head] / rows;
        }

        double[] gram = new double[count * count];
        double[] slope = new double[count];
        double[] x = new double[count];
        double variance = 0;
        for (int r = 0; r < rows; r++)
        {
            double y = targets[(r * heads) + head] - means[count];
            variance += y * y;
            for (int p = 0; p < count; p++)
                x[p] = parts[(((r * count) + p) * heads) + head] - means[p];
            for (int p = 0; p < count; p++)
            {
                slope[p] += x[p] * y;
                for (int q = 0; q < count; q++)
                    gram[(p * count) + q] += x[p] * x[q];
            }
        }

        return new StackMoments(gram, slope, means, variance);
    }

    /// <summary>Writes weights, and the constant that makes the stack's mean the target's. [parts + 1].</summary>
    public void Write(double[] weights, Span<float> stack)
    {
        double constant = Means[^1];
        for (int p = 0; p < weights.Length; p++)
        {
            stack[p] = (float)weights[p];
            constant -= weights[p] * Means[p];
        }

        stack[weights.Length] = (float)constant;
    }
}
