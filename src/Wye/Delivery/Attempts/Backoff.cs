using Wye.Primitives.Randomness;

namespace Wye.Delivery.Attempts;

/// <summary>How long to wait before the same deployment is called again.</summary>
internal static class Backoff
{
    private const double SpreadOfStated = 0.2;

    /// <summary>The wait: exponential with jitter; never before the provider or the cooldown allows it.</summary>
    /// <param name="retry">Number of the retry on this node, from 1.</param>
    /// <param name="notBefore">Time the target is to be left alone; zero = none.</param>
    /// <param name="options">First and longest wait.</param>
    /// <param name="random">Source of the jitter.</param>
    public static TimeSpan Wait(int retry, TimeSpan notBefore, DeliveryOptions options, IRandomSource random)
    {
        var grown = options.Backoff * Math.Pow(2, Math.Min(retry, 16) - 1);
        var longest = grown < options.MaxBackoff ? grown : options.MaxBackoff;

        // Half fixed, half random: waiting calls neither come at once nor all together.
        var chance = random.NextDouble();
        if (notBefore <= TimeSpan.Zero)
        {
            return longest * (0.5 + (0.5 * chance));
        }

        // All who wait for one provider were told the same moment: the longer they wait, the wider they spread.
        var spread = notBefore * SpreadOfStated > longest * 0.5 ? notBefore * SpreadOfStated : longest * 0.5;
        return notBefore + (spread * chance);
    }
}
