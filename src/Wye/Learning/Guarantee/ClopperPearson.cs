namespace Wye.Learning.Guarantee;

/// <summary>Exact binomial confidence bounds (Clopper and Pearson, 1934).</summary>
internal static class ClopperPearson
{
    /// <summary>Upper bound of P after <paramref name="hits"/> of <paramref name="trials"/>, at the given confidence (one-sided).</summary>
    public static double Upper(int hits, int trials, double confidence)
    {
        if (hits >= trials)
            return 1;
        double low = (double)hits / trials;
        double high = 1;
        // P(X ≤ hits | p) falls in p: bisect for the p at which it is 1 − confidence.
        for (int step = 0; step < 60; step++)
        {
            double middle = (low + high) / 2;
            if (Cdf(hits, trials, middle) > 1 - confidence)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    /// <summary>Lower bound, one-sided.</summary>
    public static double Lower(int hits, int trials, double confidence) => 1 - Upper(trials - hits, trials, confidence);

    /// <summary>P(X ≤ k) for X binomial.</summary>
    public static double Cdf(int k, int n, double p)
    {
        if (p <= 0)
            return 1;
        if (p >= 1)
            return k >= n ? 1 : 0;
        // Start at the mode of the summed terms, in logarithms, and add down: no term overflows.
        double log = LogChoose(n, k) + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p));
        double term = 1;
        double sum = 1;
        double ratio = (1 - p) / p;
        for (int i = k; i > 0; i--)
        {
            term *= ratio * i / (n - i + 1);
            sum += term;
            if (term < 1e-16 * sum)
                break;
        }

        return Math.Min(1, Math.Exp(log + Math.Log(sum)));
    }

    private static double LogChoose(int n, int k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    private static double LogFactorial(int n)
    {
        if (n < 2)
            return 0;
        if (n < 32)
        {
            double sum = 0;
            for (int i = 2; i <= n; i++)
                sum += Math.Log(i);
            return sum;
        }

        // Stirling's series; exact to 1e-12 from here on.
        double x = n + 1;
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12 * x)) - (1 / (360 * x * x * x));
    }
}
