using Wye.Primitives;

namespace Wye.Routing.Plans;

/// <summary>Why a candidate is not in the plan.</summary>
/// <param name="Model">The model removed.</param>
/// <param name="Deployment">The deployment removed; null = the whole model.</param>
/// <param name="Reason">One short sentence, e.g. <c>context 8192 &lt; 12000 tokens needed</c>.</param>
public sealed record Removal(ModelId Model, DeploymentId? Deployment, string Reason)
{
    /// <summary>What kind of reason it is.</summary>
    public RemovalCause Cause { get; init; }
}
