using Wye.Primitives;

namespace Wye.Routing.Plans;

/// <summary>A set of failure kinds, as an edge takes them.</summary>
/// <param name="Bits">Bit n = the kind with value n.</param>
public readonly record struct FailureKindSet(uint Bits)
{
    /// <summary>Failures of a target that another target may not share: the general fallback.</summary>
    public static FailureKindSet General { get; } =
        Of(
            FailureKind.RateLimited,
            FailureKind.QuotaExhausted,
            FailureKind.Overloaded,
            FailureKind.ServerError,
            FailureKind.ConnectFailed,
            FailureKind.ConnectionLost,
            FailureKind.FirstTokenTimeout,
            FailureKind.StreamStalled,
            FailureKind.StreamCut,
            FailureKind.BadResponse,
            FailureKind.ResponseTooLarge,
            FailureKind.Unauthorized,
            FailureKind.ModelNotFound,
            FailureKind.NoneAvailable
        );

    /// <summary>A set of the given kinds.</summary>
    public static FailureKindSet Of(params ReadOnlySpan<FailureKind> kinds)
    {
        var bits = 0u;
        foreach (var kind in kinds)
        {
            bits |= 1u << (int)kind;
        }

        return new FailureKindSet(bits);
    }

    /// <summary>Whether <paramref name="kind"/> is in the set.</summary>
    public bool Contains(FailureKind kind) => (Bits & (1u << (int)kind)) != 0;
}
