using System.Globalization;

namespace Wye.Routing.Balancing;

/// <summary>How a balancing reason reads in <c>why</c>.</summary>
internal static class BalancingText
{
    /// <summary>The conversation stays where its prompt cache is.</summary>
    public const string Held = "by conversation";

    public static string Of(string policy, double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"by {policy} ({value:0.##}{unit})");
}
