namespace Wye.Cli.Demo;

/// <summary>What <c>wye demo --policy</c> takes, and the routes of <c>demo.yaml</c> behind it.</summary>
internal static class DemoPolicies
{
    /// <summary>The usual demo.</summary>
    public const string Usual = "heuristic";

    /// <summary>What the others are set beside.</summary>
    public const string Static = "static";

    /// <summary>Cheap first, checked, then strong.</summary>
    public const string Cascade = "cascade";

    /// <summary>A model says who shall answer.</summary>
    public const string JudgeRouter = "judge_router";

    /// <summary>Share of wrong answers in which a gate can find something; an assumption, stated in docs/demo.md.</summary>
    public const double FlawShare = 0.8;

    /// <summary>All, in the order of the help.</summary>
    public static IReadOnlyList<string> All { get; } = [Usual, Static, Cascade, JudgeRouter];

    /// <summary>The route that shows a policy.</summary>
    public static string RouteOf(string policy) => policy == Usual ? "auto" : policy;
}
