using System.Globalization;
using Wye.Simulator.Truth;

namespace Wye.Simulator.Answers;

/// <summary>The working an answer shows: a sum that comes to the answer, or, where a wrong answer shows it, that does not.</summary>
internal static class Working
{
    /// <summary>Whether a wrong answer shows that it is wrong.</summary>
    public static bool ShowsFlaw(double flawShare, in TruthDraw draw) =>
        !draw.Correct && StableHash.Unit(StableHash.Mix(draw.Own ^ 0xF1A3)) < flawShare;

    /// <summary>A sentence with a sum; "" when answers show no working.</summary>
    public static string Of(double flawShare, in TruthDraw draw)
    {
        if (flawShare == 0)
        {
            return "";
        }

        var first = 1 + StableHash.Pick(draw.Topic, Math.Max(2, draw.Answer - 1));
        // A slip in one summand, as models make it.
        var second = draw.Answer - first + (ShowsFlaw(flawShare, draw) ? 1 + StableHash.Pick(draw.Own, 9) : 0);
        return string.Create(CultureInfo.InvariantCulture, $" Working: {first} + {second} = {draw.Answer}.");
    }
}
