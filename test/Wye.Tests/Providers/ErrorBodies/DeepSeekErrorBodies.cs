using Wye.Primitives;

namespace Wye.Providers.ErrorBodies;

/// <summary>DeepSeek: the code is invalid_request_error whatever happened; status and words tell.</summary>
public static class DeepSeekErrorBodies
{
    public static ErrorBodyTable All { get; } =
        new()
        {
            {
                402,
                FailureKind.QuotaExhausted,
                """{"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}"""
            },
            {
                403,
                FailureKind.QuotaExhausted,
                """{"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}"""
            },
            {
                401,
                FailureKind.Unauthorized,
                """{"error":{"message":"Authentication Fails, Your api key: ****abcd is invalid","type":"authentication_error","param":null,"code":"invalid_request_error"}}"""
            },
            { 401, FailureKind.Unauthorized, "Authentication Fails (governor)" },
            {
                400,
                FailureKind.ModelNotFound,
                """{"error":{"message":"Model Not Exist","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}"""
            },
            {
                400,
                FailureKind.ContextLength,
                """{"error":{"message":"This model's maximum context length is 131072 tokens. However, you requested 140000.","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}"""
            },
            {
                400,
                FailureKind.ContentPolicy,
                """{"error":{"message":"Content Exists Risk","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}"""
            },
            {
                400,
                FailureKind.BadRequest,
                """{"error":{"message":"Invalid max_tokens value, the valid range is [1, 8192]","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}"""
            },
            {
                422,
                FailureKind.BadRequest,
                """{"error":{"message":"Failed to deserialize the JSON body: missing field `messages`","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}"""
            },
            {
                429,
                FailureKind.RateLimited,
                """{"error":{"message":"You are sending requests too quickly.","type":"rate_limit","param":null,"code":"invalid_request_error"}}""",
                "retry-after: 20",
                20d
            },
            {
                500,
                FailureKind.ServerError,
                """{"error":{"message":"Internal error","type":"server_error","param":null,"code":"invalid_request_error"}}"""
            },
            {
                503,
                FailureKind.Overloaded,
                """{"error":{"message":"Service is too busy. Use another model for a while.","type":"service_unavailable_error","param":null,"code":"invalid_request_error"}}"""
            },
        };
}
