using Wye.Chat;
using Wye.Primitives;

namespace Wye.Delivery;

/// <summary>HTTP status of an error where the caller's dialect is not at hand.</summary>
internal static class CallerStatus
{
    /// <summary>The caller left before the answer was whole.</summary>
    public const int CallerGone = 499;

    /// <summary>Code of the error given when the ledger cannot take a finished request.</summary>
    public const string LedgerUnavailable = "ledger_unavailable";

    /// <summary>Code of the error given when the store of the budgets cannot be reached.</summary>
    public const string BudgetStoreUnavailable = "budget_store_unavailable";

    public static int Of(ChatError error) =>
        error.Kind switch
        {
            FailureKind.BadRequest => error.Status is >= 400 and < 500 ? error.Status.Value : 400,
            FailureKind.ContextLength or FailureKind.ContentPolicy => 400,
            FailureKind.BudgetExceeded => 402,
            FailureKind.ModelNotFound => 404,
            FailureKind.RateLimited => 429,
            FailureKind.CallerGone => CallerGone,
            FailureKind.Overloaded or FailureKind.QuotaExhausted or FailureKind.NoneAvailable => 503,
            FailureKind.FirstTokenTimeout or FailureKind.StreamStalled or FailureKind.TotalTimeout => 504,
            FailureKind.Internal => error.Code is LedgerUnavailable or BudgetStoreUnavailable ? 503 : 500,
            _ => 502,
        };
}
