namespace Wye.Primitives;

/// <summary>Why a call or a request failed; what happens next depends on nothing else.</summary>
public enum FailureKind
{
    /// <summary>The provider limits our rate (429): another deployment at once, this one cools down.</summary>
    RateLimited,

    /// <summary>The account's quota or spend cap is used up: no retry, the deployment is parked.</summary>
    QuotaExhausted,

    /// <summary>The provider is overloaded (503, 529): back off, another provider.</summary>
    Overloaded,

    /// <summary>Any other 5xx.</summary>
    ServerError,

    /// <summary>No connection: refused, DNS, TLS, connect timeout.</summary>
    ConnectFailed,

    /// <summary>The connection broke before the answer was whole.</summary>
    ConnectionLost,

    /// <summary>No response headers or first token in time.</summary>
    FirstTokenTimeout,

    /// <summary>The stream stood still for longer than the inter-token limit.</summary>
    StreamStalled,

    /// <summary>The whole request took longer than allowed.</summary>
    TotalTimeout,

    /// <summary>A stream ended without finish reason or terminator.</summary>
    StreamCut,

    /// <summary>A 200 that is no answer: invalid JSON, HTML, no choices, broken chunk.</summary>
    BadResponse,

    /// <summary>A response, a line or a stream larger or longer than its bound.</summary>
    ResponseTooLarge,

    /// <summary>The provider refuses our credential (401, 403).</summary>
    Unauthorized,

    /// <summary>The provider does not know the model (404).</summary>
    ModelNotFound,

    /// <summary>The request itself is wrong (400, 413, 422): the caller's to mend, no fallback.</summary>
    BadRequest,

    /// <summary>The prompt does not fit the model's context window.</summary>
    ContextLength,

    /// <summary>The provider's content policy refused prompt or answer.</summary>
    ContentPolicy,

    /// <summary>The caller went away.</summary>
    CallerGone,

    /// <summary>No candidate is eligible, or every one is cooling down.</summary>
    NoneAvailable,

    /// <summary>A budget or a cost cap allows no call.</summary>
    BudgetExceeded,

    /// <summary>A gate refused every answer and the plan ends there.</summary>
    GateRefused,

    /// <summary>A fault of Wye itself.</summary>
    Internal,

    /// <summary>The process ended before the outcome was recorded; stands in the ledger only.</summary>
    Unrecorded,
}
