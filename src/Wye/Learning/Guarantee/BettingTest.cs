namespace Wye.Learning.Guarantee;

/// <summary>Tests "the mean of values in 0..1 is at least a limit" without assuming a distribution.</summary>
/// <remarks>
/// Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", 2023, §4. A gambler bets against
/// the hypothesis on one value after the other, each bet fixed by the values before. If the hypothesis is true, capital
/// that starts at 1 ever reaches 1/α with probability ≤ α (Ville's inequality). The values must come in random order.
/// </remarks>
internal static class BettingTest
{
    private const double BoldestShare = 0.75;

    /// <summary>Whether the hypothesis "mean ≥ limit" is rejected at level <paramref name="alpha"/>.</summary>
    /// <param name="count">Number of values.</param>
    /// <param name="value">Value i in 0..1.</param>
    /// <param name="limit">Limit, above 0 and below 1.</param>
    /// <param name="alpha">Level, e.g. 0.05.</param>
    public static bool Rejects(int count, Func<int, double> value, double limit, double alpha)
    {
        double capital = 1;
        double sum = limit;
        double squares = 0.25;
        double boldest = BoldestShare / (1 - limit);
        for (int i = 0; i < count; i++)
        {
            // Approximate Kelly bet on mean and variance so far, each with one pseudo-value.
            double margin = limit - (sum / (i + 1));
            double variance = squares / (i + 1);
            double bet = Math.Clamp(margin / (variance + (margin * margin)), 0, boldest);
            double x = value(i);
            capital *= 1 + (bet * (limit - x));
            if (capital >= 1 / alpha)
                return true;
            double mean = sum / (i + 1);
            sum += x;
            squares += (x - mean) * (x - mean);
        }

        return false;
    }
}
