using Wye.Primitives;

namespace Wye.Providers.ErrorBodies;

/// <summary>Anthropic: an envelope of type error; the type inside names the class.</summary>
public static class AnthropicErrorBodies
{
    public static ErrorBodyTable All { get; } =
        new()
        {
            {
                429,
                FailureKind.RateLimited,
                """{"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed the organization's input tokens per minute."},"request_id":"req_7"}""",
                "retry-after: 42",
                42d
            },
            {
                400,
                FailureKind.QuotaExhausted,
                """{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API."},"request_id":"req_7"}"""
            },
            {
                400,
                FailureKind.QuotaExhausted,
                """{"type":"error","error":{"type":"invalid_request_error","message":"You have reached your specified API usage limits. Access returns on the first."},"request_id":"req_7"}"""
            },
            {
                402,
                FailureKind.QuotaExhausted,
                """{"type":"error","error":{"type":"billing_error","message":"There is an issue with billing."},"request_id":"req_7"}"""
            },
            {
                401,
                FailureKind.Unauthorized,
                """{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"},"request_id":"req_7"}"""
            },
            {
                403,
                FailureKind.Unauthorized,
                """{"type":"error","error":{"type":"permission_error","message":"The key has no permission for this resource."},"request_id":"req_7"}"""
            },
            {
                404,
                FailureKind.ModelNotFound,
                """{"type":"error","error":{"type":"not_found_error","message":"model: claude-none"},"request_id":"req_7"}"""
            },
            {
                400,
                FailureKind.ContextLength,
                """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 200001 tokens > 200000 maximum"},"request_id":"req_7"}"""
            },
            {
                400,
                FailureKind.ContextLength,
                """{"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000"},"request_id":"req_7"}"""
            },
            {
                400,
                FailureKind.ContentPolicy,
                """{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"},"request_id":"req_7"}"""
            },
            {
                400,
                FailureKind.BadRequest,
                """{"type":"error","error":{"type":"invalid_request_error","message":"messages.0.content: Field required"},"request_id":"req_7"}"""
            },
            {
                413,
                FailureKind.BadRequest,
                """{"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"},"request_id":"req_7"}"""
            },
            {
                500,
                FailureKind.ServerError,
                """{"type":"error","error":{"type":"api_error","message":"Internal server error"},"request_id":"req_7"}"""
            },
            {
                504,
                FailureKind.ServerError,
                """{"type":"error","error":{"type":"timeout_error","message":"The request timed out"},"request_id":"req_7"}"""
            },
            {
                529,
                FailureKind.Overloaded,
                """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_7"}""",
                "retry-after: 3",
                3d
            },
        };
}
