using Wye.Primitives;

namespace Wye.Ledger.Reports;

/// <summary>Sums over the upstream calls of one day (UTC), deployment and cause. Money in p$, exact.</summary>
/// <param name="Day">The day they started.</param>
/// <param name="Model">The model called.</param>
/// <param name="Deployment">The deployment called.</param>
/// <param name="Cause">Why they were made, e.g. <c>first</c>, <c>retry</c>, <c>judge</c>.</param>
public sealed record CallRow(DateOnly Day, ModelId Model, DeploymentId Deployment, string Cause)
{
    /// <summary>Calls.</summary>
    public long Calls { get; init; }

    /// <summary>Prompt tokens, however billed.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Calls whose usage is an estimate.</summary>
    public long Estimated { get; init; }

    /// <summary>Calls of unknown price.</summary>
    public long Unpriced { get; init; }

    /// <summary>What those of known price cost, corrections included.</summary>
    public Int128 Cost { get; init; }

    /// <summary>What corrections of their cost add up to; part of <see cref="Cost"/>.</summary>
    public Int128 Corrected { get; init; }
}
