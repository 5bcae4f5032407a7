using Wye.Primitives;

namespace Wye.Delivery.Attempts;

/// <summary>How long to wait before the same deployment is called again.</summary>
internal static class Backoff
{
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
        var jittered = longest * (0.5 + (0.5 * random.NextDouble()));
        return notBefore > TimeSpan.Zero ? notBefore + (jittered - (longest * 0.5)) : jittered;
    }
}
