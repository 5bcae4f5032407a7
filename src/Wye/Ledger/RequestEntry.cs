using Wye.Primitives;

namespace Wye.Ledger;

/// <summary>One row per caller request: what was asked, what was chosen and why, what it cost. Never holds prompts, answers or secrets.</summary>
public sealed record RequestEntry
{
    /// <summary>Id of the request.</summary>
    public required RequestId Id { get; init; }

    /// <summary>When it arrived, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Key it came with.</summary>
    public required KeyId Key { get; init; }

    /// <summary>Route asked.</summary>
    public required RouteName Route { get; init; }

    /// <summary>What the caller sent as <c>model</c>, truncated to 128 characters.</summary>
    public required string RequestedModel { get; init; }

    /// <summary>Policy that wrote the plan; empty = none did.</summary>
    public string Policy { get; init; } = "";

    /// <summary>Kind of step.</summary>
    public StepKind StepKind { get; init; }

    /// <summary>Name of the step; null = none.</summary>
    public string? Step { get; init; }

    /// <summary>Workflow run; null = none.</summary>
    public string? Run { get; init; }

    /// <summary>Tier of the model that answered; null = none answered.</summary>
    public TierName? Tier { get; init; }

    /// <summary>Model that answered; null = none.</summary>
    public ModelId? Model { get; init; }

    /// <summary>Deployment that answered; null = none.</summary>
    public DeploymentId? Deployment { get; init; }

    /// <summary>The path through the plan.</summary>
    public required string Why { get; init; }

    /// <summary>Length of the last user turn, in characters.</summary>
    public int QueryLength { get; init; }

    /// <summary>Tokens of all attempts.</summary>
    public Usage Usage { get; init; }

    /// <summary>Whether any part of usage or cost is an estimate.</summary>
    public bool Estimated { get; init; }

    /// <summary>Cost of all attempts; the sum of the known ones.</summary>
    public Usd Cost { get; init; }

    /// <summary>Whether an attempt's price was unknown, so that <see cref="Cost"/> is a lower bound.</summary>
    public bool Unpriced { get; init; }

    /// <summary>The model savings are counted against; null = none.</summary>
    public ModelId? Strong { get; init; }

    /// <summary>What that model would have cost for the answering attempt's tokens; null = unknown or nothing answered.</summary>
    public Usd? StrongCost { get; init; }

    /// <summary>What the answer would have cost by other choices; null = nothing answered.</summary>
    public Counterfactual? Counterfactual { get; init; }

    /// <summary>
    /// What the strong model would have cost for the answered call, less everything paid for the request: errors, retries and
    /// verifiers never count in favour. Negative when routing cost more; for a request that failed, all it cost; null =
    /// answered, and the strong model's price is unknown.
    /// </summary>
    public Usd? Saved =>
        StrongCost is { } strong ? strong - Cost
        : Failure is not null ? Usd.Zero - Cost
        : null;

    /// <summary>Time the decision took, in microseconds.</summary>
    public double DecisionMicroseconds { get; init; }

    /// <summary>From arrival to the first content, in milliseconds; null = none came.</summary>
    public double? FirstTokenMilliseconds { get; init; }

    /// <summary>From arrival to the end, in milliseconds.</summary>
    public double TotalMilliseconds { get; init; }

    /// <summary>Upstream calls made.</summary>
    public int Attempts { get; init; }

    /// <summary>Whether it was streamed.</summary>
    public bool Stream { get; init; }

    /// <summary>What the learned router expected of the answer; null = it did not choose the model that answered.</summary>
    public QualityExpectation? Expected { get; init; }

    /// <summary>HTTP status given to the caller.</summary>
    public int Status { get; init; }

    /// <summary>Why it failed; null = it did not.</summary>
    public FailureKind? Failure { get; init; }
}
