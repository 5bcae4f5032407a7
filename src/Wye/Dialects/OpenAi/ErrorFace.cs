using Wye.Chat;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi;

/// <summary>How a failure looks to a client of this dialect.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">The envelope's <c>type</c>.</param>
/// <param name="Code">The envelope's <c>code</c> when the failure names none.</param>
internal readonly record struct ErrorFace(int Status, string Type, string? Code)
{
    private const string Invalid = "invalid_request_error";
    private const string Server = "server_error";
    private const string Upstream = "upstream_error";

    /// <summary>The face of a failure.</summary>
    public static ErrorFace Of(ChatError error) =>
        error.Kind switch
        {
            FailureKind.RateLimited => new(429, "rate_limit_error", "rate_limit_exceeded"),
            FailureKind.QuotaExhausted => new(503, Upstream, "provider_quota_exhausted"),
            FailureKind.Overloaded => new(503, Upstream, "provider_overloaded"),
            FailureKind.ServerError => new(502, Upstream, "provider_error"),
            FailureKind.ConnectFailed => new(502, Upstream, "provider_unreachable"),
            FailureKind.ConnectionLost => new(502, Upstream, "provider_connection_lost"),
            FailureKind.FirstTokenTimeout => new(504, Upstream, "first_token_timeout"),
            FailureKind.StreamStalled => new(504, Upstream, "stream_stalled"),
            FailureKind.TotalTimeout => new(504, Upstream, "total_timeout"),
            FailureKind.StreamCut => new(502, Upstream, "stream_cut"),
            FailureKind.BadResponse => new(502, Upstream, "provider_bad_response"),
            FailureKind.ResponseTooLarge => new(502, Upstream, "provider_response_too_large"),

            // A provider that refuses our key is no fault of the caller, whose own key is good.
            FailureKind.Unauthorized when error.Status is not null => new(502, Upstream, "provider_unauthorized"),
            FailureKind.Unauthorized => new(401, "authentication_error", "invalid_api_key"),
            FailureKind.ModelNotFound => new(404, Invalid, "model_not_found"),
            FailureKind.BadRequest => new(StatusOfBadRequest(error), Invalid, null),
            FailureKind.ContextLength => new(400, Invalid, "context_length_exceeded"),
            FailureKind.ContentPolicy => new(400, Invalid, "content_policy_violation"),
            FailureKind.CallerGone => new(499, "request_cancelled", "caller_gone"),
            FailureKind.NoneAvailable when error.Code is ChatErrorCodes.CannotTranslate => new(400, Invalid, null),
            FailureKind.NoneAvailable => new(503, Server, "none_available"),
            FailureKind.BudgetExceeded => new(402, "budget_error", "budget_exceeded"),
            FailureKind.GateRefused => new(422, "gate_error", "gate_refused"),
            FailureKind.Internal
                when error.Code is "ledger_unavailable" or "budget_store_unavailable" or "key_store_unavailable" => new(
                503,
                Server,
                null
            ),
            _ => new(500, Server, "internal_error"),
        };

    private static int StatusOfBadRequest(ChatError error) =>
        error.Code is "request_too_large" ? 413
        : error.Status is 403 or 404 or 405 or 409 or 413 or 415 or 422 ? error.Status.Value
        : 400;
}
