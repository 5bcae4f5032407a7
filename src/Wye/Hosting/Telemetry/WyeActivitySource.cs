using System.Diagnostics;

namespace Wye.Hosting.Telemetry;

/// <summary>The source of Wye's spans: one per request, and under it one per upstream call. Thread-safe.</summary>
/// <remarks>Spans cost nothing while nobody listens. They never hold prompts, answers, messages of providers or keys.</remarks>
public static class WyeActivitySource
{
    /// <summary>Name to subscribe to.</summary>
    public const string Name = "Wye";

    /// <summary>Whether spans are made.</summary>
    public static bool IsListenedTo => Instance.HasListeners();

    internal static ActivitySource Instance { get; } = new(Name);
}
