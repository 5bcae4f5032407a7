using Wye.Primitives;

namespace Wye.Health;

/// <summary>Which failures count, and how long each leaves a deployment alone.</summary>
internal static class CooldownRules
{
    /// <summary>Whether the failure says something about the deployment, and not about the caller, the plan or Wye.</summary>
    public static bool Counts(FailureKind kind) =>
        kind
            is FailureKind.RateLimited
                or FailureKind.QuotaExhausted
                or FailureKind.Overloaded
                or FailureKind.ServerError
                or FailureKind.ConnectFailed
                or FailureKind.ConnectionLost
                or FailureKind.FirstTokenTimeout
                or FailureKind.StreamStalled
                or FailureKind.StreamCut
                or FailureKind.BadResponse
                or FailureKind.Unauthorized
                or FailureKind.ModelNotFound;

    /// <summary>The time one failure alone leaves the deployment alone for; null = it only counts towards ejection.</summary>
    public static TimeSpan? ParkFor(FailureKind kind, TimeSpan? stated, int inRow, HealthOptions options)
    {
        if (stated is { } asked && asked > TimeSpan.Zero)
        {
            return asked < options.MaxStatedPark ? asked : options.MaxStatedPark;
        }

        return kind switch
        {
            FailureKind.RateLimited => Grown(options.RateLimitCooldown, inRow, options.MaxCooldown),
            FailureKind.QuotaExhausted => options.QuotaPark,
            FailureKind.Unauthorized => options.UnauthorizedPark,
            FailureKind.ModelNotFound => options.ModelNotFoundPark,
            _ => null,
        };
    }

    /// <summary>The cooldown of an ejected deployment: grown, jittered, and never longer than the cap.</summary>
    public static TimeSpan Eject(int inRow, HealthOptions options, double random)
    {
        // The cap is taken before the jitter, so that deployments at the cap are spread as well.
        var spread = 1 + options.Jitter;
        return Grown(options.Cooldown, inRow, options.MaxCooldown / spread) * (1 + (options.Jitter * random));
    }

    private static TimeSpan Grown(TimeSpan first, int inRow, TimeSpan most)
    {
        var grown = first * Math.Max(1, inRow);
        return grown < most ? grown : most;
    }
}
