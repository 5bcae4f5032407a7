namespace Wye.Routing.Plans;

/// <summary>Bounds of plans and of walking them, where nothing else is configured.</summary>
public static class PlanDefaults
{
    /// <summary>Most nodes of a plan.</summary>
    public const int MaxNodes = 64;

    /// <summary>Most nodes called on a path.</summary>
    public const int MaxDepth = 4;

    /// <summary>Retries per node.</summary>
    public const int Retries = 1;

    /// <summary>Most calls caused by failure (retry, fallback, hedge) over the whole request, the first call included.</summary>
    public const int MaxFailureAttempts = 3;

    /// <summary>Most upstream calls over the whole request, whatever for.</summary>
    public const int MaxUpstreamCalls = 8;
}
