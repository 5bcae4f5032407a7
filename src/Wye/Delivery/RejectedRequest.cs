using Wye.Chat;
using Wye.Primitives;

namespace Wye.Delivery;

/// <summary>A request that got no plan: it is recorded and refused, nothing is called.</summary>
public sealed record RejectedRequest
{
    /// <summary>Id of the request.</summary>
    public required RequestId Id { get; init; }

    /// <summary>What the caller asked.</summary>
    public required ChatRequest Chat { get; init; }

    /// <summary>Why there is no plan.</summary>
    public required ChatError Error { get; init; }

    /// <summary>The route that was asked, or what the caller took for one.</summary>
    public required RouteName Route { get; init; }

    /// <summary>The key it came with.</summary>
    public required KeyId Key { get; init; }

    /// <summary>When it arrived, UTC.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>When it arrived, on the monotonic clock.</summary>
    public required long ArrivedTimestamp { get; init; }

    /// <summary>Time the decision took, in microseconds.</summary>
    public double DecisionMicroseconds { get; init; }

    /// <summary>Characters of the last user turn; 0 = not measured.</summary>
    public int QueryLength { get; init; }

    /// <summary>What the request seems to be.</summary>
    public StepKind StepKind { get; init; }

    /// <summary>HTTP status the caller's dialect gives to an error, for the ledger; null = as most dialects do.</summary>
    public Func<ChatError, int>? StatusOf { get; init; }
}
