using System.Collections.Immutable;

namespace Wye.Routing.Selection.Learned;

/// <summary>The objectives; to add one, write its class and add its line here and in <see cref="Objective"/>.</summary>
internal static class Objectives
{
    private static readonly IObjective[] All =
    [
        new BarObjective(),
        new ThresholdObjective(),
        new UtilityObjective(),
        new TradeoffObjective(),
    ];

    /// <summary>Their names, in the order of <see cref="Objective"/>.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(one => one.Name)];

    /// <summary>The one that optimises this.</summary>
    public static IObjective Of(Objective objective) => All[(int)objective];

    /// <summary>The one of that name; null = there is none.</summary>
    public static Objective? Find(string name) => Names.IndexOf(name) is var at and >= 0 ? (Objective)at : null;
}
