using Wye.Chat;
using Wye.Primitives;

namespace Wye.Dialects.Anthropic;

/// <summary>How a failure looks to a client of this dialect.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">The envelope's <c>type</c>.</param>
internal readonly record struct ErrorFace(int Status, string Type)
{
    private const string Invalid = "invalid_request_error";
    private const string Api = "api_error";
    private const string Overload = "overloaded_error";
    private const string Timeout = "timeout_error";

    /// <summary>The face of a failure.</summary>
    public static ErrorFace Of(ChatError error) =>
        error.Kind switch
        {
            FailureKind.RateLimited => new(429, "rate_limit_error"),
            FailureKind.Overloaded => new(529, Overload),
            FailureKind.QuotaExhausted => new(503, Api),

            // A provider that refuses our key is no fault of the caller, whose own key is good.
            FailureKind.Unauthorized when error.Status is not null => new(502, Api),
            FailureKind.Unauthorized => new(401, "authentication_error"),
            FailureKind.ModelNotFound => new(404, "not_found_error"),
            FailureKind.BadRequest => OfBadRequest(error),
            FailureKind.ContextLength or FailureKind.ContentPolicy => new(400, Invalid),
            FailureKind.CallerGone => new(499, Api),
            FailureKind.NoneAvailable when error.Code is ChatErrorCodes.CannotTranslate => new(400, Invalid),
            FailureKind.NoneAvailable => new(503, Overload),
            FailureKind.BudgetExceeded => new(402, "billing_error"),
            FailureKind.GateRefused => new(422, Invalid),
            FailureKind.FirstTokenTimeout or FailureKind.StreamStalled or FailureKind.TotalTimeout => new(504, Timeout),
            FailureKind.Internal => new(
                error.Code is "ledger_unavailable" or "budget_store_unavailable" or "key_store_unavailable" ? 503 : 500,
                Api
            ),
            _ => new(502, Api),
        };

    private static ErrorFace OfBadRequest(ChatError error) =>
        error.Code is "request_too_large" || error.Status is 413 ? new(413, "request_too_large")
        : error.Status is 403 ? new(403, "permission_error")
        : error.Status is 404 ? new(404, "not_found_error")
        : error.Status is 405 or 409 or 415 or 422 ? new(error.Status.Value, Invalid)
        : new(400, Invalid);
}
