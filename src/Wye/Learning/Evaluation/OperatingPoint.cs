using System.Globalization;
using Wye.Learning.Metrics;

namespace Wye.Learning.Evaluation;

/// <summary>The setting of a router's knob at which choices are shown.</summary>
/// <param name="Setting">Number of the setting in the measured router's sweep.</param>
/// <param name="Words">What it is, for people.</param>
internal sealed record OperatingPoint(int Setting, string Words)
{
    /// <summary>Pools: least cost at 99 % of the best single's quality; pairs: half of the calls to strong.</summary>
    public static OperatingPoint Of(RoutedQuestions routed, PoolReference reference)
    {
        if (routed.Score.Length > 0)
            return OfShare(0.5);
        double best = reference.Pool.Means()[reference.Best].Quality;
        int at = routed.Routers[0].Sweep.Cheapest(reference.Pool, 0.99 * best);
        return at < 0
            ? new OperatingPoint(0, "quality only (no setting keeps 99 % of the best single's quality)")
            : new OperatingPoint(at, "at 99 % of the best single's quality");
    }

    /// <summary>A share of strong calls, in whole percent.</summary>
    public static OperatingPoint OfShare(double share)
    {
        int percent = (int)Math.Round(Math.Clamp(share, 0, 1) * 100);
        return new OperatingPoint(percent, string.Create(CultureInfo.InvariantCulture, $"{percent} % to strong"));
    }

    /// <summary>The share that a router sends to strong where this one is asked: equal scores may not be parted.</summary>
    public string Reached(ChoiceSweep sweep)
    {
        int[] choices = sweep.Choices(Setting);
        double share = choices.Average();
        // Half a percent and one question are what rounding may leave.
        return Math.Abs(share - (Setting / 100.0)) <= 0.005 + (1.0 / choices.Length)
            ? Words
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{share * 100:0} % to strong (equal scores go together; {Setting} % asked)"
            );
    }
}
