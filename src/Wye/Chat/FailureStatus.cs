using Wye.Primitives;

namespace Wye.Chat;

/// <summary>HTTP status of a failure: one table for all dialects, which name where they differ.</summary>
internal static class FailureStatus
{
    /// <summary>The caller left before the answer was whole; nobody sees it but the ledger.</summary>
    public const int CallerGone = 499;

    /// <summary>The status.</summary>
    public static int Of(ChatError error) =>
        error.Kind switch
        {
            FailureKind.BadRequest => OfBadRequest(error),
            FailureKind.ContextLength or FailureKind.ContentPolicy => 400,
            // A provider that refuses our key is no fault of the caller, whose own key is good.
            FailureKind.Unauthorized => error.Status is null ? 401 : 502,
            FailureKind.BudgetExceeded => 402,
            FailureKind.ModelNotFound => 404,
            FailureKind.GateRefused => 422,
            FailureKind.RateLimited => 429,
            FailureKind.CallerGone => CallerGone,
            FailureKind.Internal => IsPassing(error) ? 503 : 500,
            FailureKind.NoneAvailable => IsTheCallers(error) ? 400 : 503,
            FailureKind.Overloaded or FailureKind.QuotaExhausted => 503,
            FailureKind.FirstTokenTimeout or FailureKind.StreamStalled or FailureKind.TotalTimeout => 504,
            _ => 502,
        };

    /// <summary>Whether a fault of Wye itself is that a store cannot be reached: it may pass.</summary>
    public static bool IsPassing(ChatError error) =>
        error.Code
            is ChatErrorCodes.LedgerUnavailable
                or ChatErrorCodes.BudgetStoreUnavailable
                or "key_store_unavailable";

    /// <summary>Whether no target can be asked because of what the caller asked, not because of the moment.</summary>
    public static bool IsTheCallers(ChatError error) =>
        error.Code is ChatErrorCodes.CannotTranslate or ChatErrorCodes.DialectMismatch;

    private static int OfBadRequest(ChatError error) =>
        error.Code is "request_too_large" ? 413
        : error.Status is 403 or 404 or 405 or 408 or 409 or 413 or 415 or 422 ? error.Status.Value
        : 400;
}
