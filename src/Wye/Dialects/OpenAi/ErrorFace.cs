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
    public static ErrorFace Of(ChatError error)
    {
        var (type, code) = NamesOf(error);
        return new(FailureStatus.Of(error), type, code);
    }

    /// <summary>
    /// The envelope's <c>code</c>. The provider's own says something to the caller only when the caller's request is what is
    /// wrong, a bare number is a status and no name, and a conversation that is too long has one name in every dialect.
    /// </summary>
    public string? CodeOf(ChatError error)
    {
        var own =
            error.Kind != FailureKind.ContextLength
            && (error.Status is null || error.Kind == FailureKind.BadRequest || Status is 400 or 404 or 413 or 422);
        return own && error.Code is { } code && !code.All(char.IsAsciiDigit) ? code : Code;
    }

    private static (string Type, string? Code) NamesOf(ChatError error) =>
        error.Kind switch
        {
            FailureKind.RateLimited => ("rate_limit_error", "rate_limit_exceeded"),
            FailureKind.QuotaExhausted => (Upstream, "provider_quota_exhausted"),
            FailureKind.Overloaded => (Upstream, "provider_overloaded"),
            FailureKind.ServerError => (Upstream, "provider_error"),
            FailureKind.ConnectFailed => (Upstream, "provider_unreachable"),
            FailureKind.ConnectionLost => (Upstream, "provider_connection_lost"),
            FailureKind.FirstTokenTimeout => (Upstream, "first_token_timeout"),
            FailureKind.StreamStalled => (Upstream, "stream_stalled"),
            FailureKind.TotalTimeout => (Upstream, "total_timeout"),
            FailureKind.StreamCut => (Upstream, "stream_cut"),
            FailureKind.BadResponse => (Upstream, "provider_bad_response"),
            FailureKind.ResponseTooLarge => (Upstream, "provider_response_too_large"),
            FailureKind.Unauthorized when error.Status is not null => (Upstream, "provider_unauthorized"),
            FailureKind.Unauthorized => ("authentication_error", "invalid_api_key"),
            FailureKind.ModelNotFound => (Invalid, "model_not_found"),
            FailureKind.BadRequest => (Invalid, null),
            FailureKind.ContextLength => (Invalid, "context_length_exceeded"),
            FailureKind.ContentPolicy => (Invalid, "content_policy_violation"),
            FailureKind.CallerGone => ("request_cancelled", "caller_gone"),
            FailureKind.NoneAvailable when FailureStatus.IsTheCallers(error) => (Invalid, null),
            FailureKind.NoneAvailable => (Server, "none_available"),
            FailureKind.BudgetExceeded => ("budget_error", "budget_exceeded"),
            FailureKind.GateRefused => ("gate_error", "gate_refused"),
            FailureKind.Internal when FailureStatus.IsPassing(error) => (Server, null),
            _ => (Server, "internal_error"),
        };
}
