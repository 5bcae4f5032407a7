namespace Wye.Learning.Training.Stacking;

/// <summary>Where a stack's weights start before data is seen, and how far they are expected to move from there.</summary>
/// <param name="Start">Weight per part.</param>
/// <param name="Spread">Standard deviation of all heads' common weights around the start.</param>
/// <param name="HeadSpread">Standard deviation of one head's weights around the common ones.</param>
internal sealed record StackPrior(double[] Start, double Spread, double HeadSpread)
{
    // Above 1, because estimates made out of fold are shrunk.
    private const double Sum = 1.1;

    /// <summary>All parts alike, forests twice.</summary>
    public static StackPrior Even(int count, int forests)
    {
        double[] start = Array.ConvertAll(Shares(count, forests), share => Sum * share);
        return new StackPrior(start, 0.15, 0.05);
    }

    /// <summary>Share 0..1 per part; forests, which stand on the base estimates, count twice.</summary>
    public static double[] Shares(int count, int forests)
    {
        double[] shares = new double[count];
        for (int p = 0; p < count; p++)
            shares[p] = (p >= count - forests ? 2.0 : 1.0) / (count + forests);
        return shares;
    }

    /// <summary>One part alone, kept to closely.</summary>
    public static StackPrior Only(int count, int part)
    {
        double[] start = new double[count];
        start[part] = 1;
        return new StackPrior(start, 0.05, 0.03);
    }
}
