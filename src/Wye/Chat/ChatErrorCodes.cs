namespace Wye.Chat;

/// <summary>Codes of <see cref="ChatError"/> by which rooms agree.</summary>
public static class ChatErrorCodes
{
    /// <summary>The store of the budgets cannot be reached.</summary>
    public const string BudgetStoreUnavailable = "budget_store_unavailable";

    /// <summary>The ledger cannot take a finished request.</summary>
    public const string LedgerUnavailable = "ledger_unavailable";

    /// <summary>The target speaks another wire format and nobody can translate; the caller gets 400.</summary>
    public const string DialectMismatch = "dialect_mismatch";

    /// <summary>A part of the request cannot be carried into the target's wire format; the caller's to mend (400).</summary>
    public const string CannotTranslate = "cannot_translate";

    /// <summary>The caller leaves earlier turns to a provider's memory; its client sends them itself when it is told so (400).</summary>
    internal const string ThreadUnsupported = "thread_unsupported_request";
}
