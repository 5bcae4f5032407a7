using Wye.Primitives;

namespace Wye.Providers.ErrorBodies;

/// <summary>Fireworks: codes in capitals; 412 when the account is suspended.</summary>
public static class FireworksErrorBodies
{
    public static ErrorBodyTable All { get; } =
        new()
        {
            {
                401,
                FailureKind.Unauthorized,
                """{"error":{"object":"error","type":"error","code":"UNAUTHORIZED","message":"The API key you provided is invalid."}}"""
            },
            {
                403,
                FailureKind.Unauthorized,
                """{"error":{"object":"error","type":"error","code":"FORBIDDEN","message":"The account may not use this deployment."}}"""
            },
            {
                404,
                FailureKind.ModelNotFound,
                """{"error":{"object":"error","type":"error","code":"NOT_FOUND","message":"Model not found, inaccessible, or not deployed"}}"""
            },
            {
                412,
                FailureKind.QuotaExhausted,
                """{"error":"Account a is suspended, possibly due to reaching the monthly spending limit or failure to pay."}"""
            },
            {
                412,
                FailureKind.QuotaExhausted,
                """{"error":{"object":"error","type":"error","code":"PRECONDITION_FAILED","message":"Account a reached its monthly spending limit."}}"""
            },
            {
                402,
                FailureKind.QuotaExhausted,
                """{"error":{"object":"error","type":"error","code":"PAYMENT_REQUIRED","message":"Add a payment method."}}"""
            },
            {
                412,
                FailureKind.BadRequest,
                """{"error":{"object":"error","type":"error","code":"PRECONDITION_FAILED","message":"The LoRA addon is not loaded."}}"""
            },
            {
                400,
                FailureKind.ContextLength,
                """{"error":{"object":"error","type":"invalid_request_error","code":"invalid_request_error","message":"The prompt is too long: 200000, model maximum context length: 131071"}}"""
            },
            {
                400,
                FailureKind.BadRequest,
                """{"error":{"object":"error","type":"invalid_request_error","code":"invalid_request_error","message":"Extra inputs are not permitted, field: 'foo'"}}"""
            },
            {
                413,
                FailureKind.BadRequest,
                """{"error":{"object":"error","type":"error","code":"PAYLOAD_TOO_LARGE","message":"The body is too large."}}"""
            },
            {
                429,
                FailureKind.RateLimited,
                """{"error":{"object":"error","type":"error","code":"RATE_LIMIT_EXCEEDED","message":"Too many requests in a minute."}}""",
                "retry-after: 4",
                4d
            },
            { 429, FailureKind.RateLimited, """{"error":"rate limit exceeded, try again later"}""" },
            {
                500,
                FailureKind.ServerError,
                """{"error":{"object":"error","type":"error","code":"INTERNAL","message":"Internal error"}}"""
            },
            {
                503,
                FailureKind.Overloaded,
                """{"error":{"object":"error","type":"error","code":"SERVICE_OVERLOADED","message":"The deployment is scaling up from zero."}}""",
                "retry-after: 10",
                10d
            },
        };
}
