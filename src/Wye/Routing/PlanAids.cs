using Wye.Quality.Estimates;

namespace Wye.Routing;

/// <summary>What may stand beside a request when it is planned.</summary>
internal readonly record struct PlanAids
{
    /// <summary>What was waited for before; null = nothing.</summary>
    public PreparedPrompt? Prepared { get; init; }

    /// <summary>Whether the decision shall be explained.</summary>
    public bool Explain { get; init; }
}
