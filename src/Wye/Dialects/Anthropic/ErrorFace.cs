using Wye.Chat;
using Wye.Primitives;

namespace Wye.Dialects.Anthropic;

/// <summary>How a failure looks to a client of this dialect.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">The envelope's <c>type</c>.</param>
internal readonly record struct ErrorFace(int Status, string Type)
{
    private const int Overloaded = 529;

    /// <summary>The face of a failure.</summary>
    public static ErrorFace Of(ChatError error)
    {
        // This API has a status of its own for an overloaded provider.
        var status = error.Kind == FailureKind.Overloaded ? Overloaded : FailureStatus.Of(error);
        return new(status, TypeOf(error.Kind, status));
    }

    private static string TypeOf(FailureKind kind, int status) =>
        (kind, status) switch
        {
            (FailureKind.Overloaded, _) or (FailureKind.NoneAvailable, 503) => "overloaded_error",
            (FailureKind.FirstTokenTimeout or FailureKind.StreamStalled or FailureKind.TotalTimeout, _) =>
                "timeout_error",
            (_, 401) => "authentication_error",
            (_, 402) => "billing_error",
            (_, 403) => "permission_error",
            (_, 404) => "not_found_error",
            (_, 413) => "request_too_large",
            (_, 429) => "rate_limit_error",
            (_, 499) => "api_error",
            (_, < 500) => "invalid_request_error",
            _ => "api_error",
        };
}
