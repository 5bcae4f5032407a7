using Wye.Catalog;
using Wye.Primitives;

namespace Wye.Ledger;

/// <summary>What is recorded of one upstream call.</summary>
public sealed record AttemptEntry
{
    /// <summary>Request it belongs to.</summary>
    public required RequestId Request { get; init; }

    /// <summary>Number within the request, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Index of the plan node.</summary>
    public int Node { get; init; }

    /// <summary>Why it was made: <c>first</c>, <c>retry</c>, <c>fallback</c>, <c>escalation</c> …</summary>
    public required string Cause { get; init; }

    /// <summary>Model called.</summary>
    public required ModelId Model { get; init; }

    /// <summary>Deployment called.</summary>
    public required DeploymentId Deployment { get; init; }

    /// <summary>Tokens billed.</summary>
    public Usage Usage { get; init; }

    /// <summary>Whether <see cref="Usage"/> is an estimate because the provider gave none, or an absurd one.</summary>
    public bool Estimated { get; init; }

    /// <summary>Cost; null = the price is unknown.</summary>
    public Usd? Cost { get; init; }

    /// <summary>The price it was counted with; null = unknown, or recorded before prices were kept.</summary>
    public PriceFacts? Price { get; init; }

    /// <summary>From start to the first content, in milliseconds; null = none came.</summary>
    public double? FirstTokenMilliseconds { get; init; }

    /// <summary>From start to end, in milliseconds.</summary>
    public double TotalMilliseconds { get; init; }

    /// <summary>HTTP status of the provider; null = none came.</summary>
    public int? Status { get; init; }

    /// <summary>Why it failed; null = it did not.</summary>
    public FailureKind? Failure { get; init; }
}
