using Wye.Primitives;

namespace Wye.Providers.ErrorBodies;

/// <summary>Groq: OpenAI's object with codes of its own, 498 and 413.</summary>
public static class GroqErrorBodies
{
    public static ErrorBodyTable All { get; } =
        new()
        {
            {
                429,
                FailureKind.RateLimited,
                """{"error":{"message":"Rate limit reached for model `m` on tokens per minute (TPM). Try again in 7.5s.","type":"tokens","param":null,"code":"rate_limit_exceeded"}}""",
                "retry-after: 8",
                8d
            },
            {
                429,
                FailureKind.RateLimited,
                """{"error":{"message":"Rate limit reached for model `m` on requests per day (RPD).","type":"requests","param":null,"code":"rate_limit_exceeded"}}""",
                "x-ratelimit-reset-requests: 2m59.5s",
                179.5d
            },
            {
                413,
                FailureKind.RateLimited,
                """{"error":{"message":"Request too large for model `m` on tokens per minute (TPM).","type":"tokens","param":null,"code":"rate_limit_exceeded"}}"""
            },
            {
                400,
                FailureKind.QuotaExhausted,
                """{"error":{"message":"API access is blocked as the spend limit was reached.","type":"invalid_request_error","param":null,"code":"blocked_api_access"}}"""
            },
            {
                401,
                FailureKind.Unauthorized,
                """{"error":{"message":"Invalid API Key","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"""
            },
            {
                400,
                FailureKind.Unauthorized,
                """{"error":{"message":"Organization has been restricted.","type":"invalid_request_error","param":null,"code":"organization_restricted"}}"""
            },
            {
                404,
                FailureKind.ModelNotFound,
                """{"error":{"message":"The model `m` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}"""
            },
            {
                400,
                FailureKind.ModelNotFound,
                """{"error":{"message":"The model `m` has been decommissioned.","type":"invalid_request_error","param":null,"code":"model_decommissioned"}}"""
            },
            {
                400,
                FailureKind.ContextLength,
                """{"error":{"message":"Please reduce the length of the messages or completion.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"""
            },
            {
                400,
                FailureKind.BadRequest,
                """{"error":{"message":"Failed to call a function. See 'failed_generation'.","type":"invalid_request_error","param":null,"code":"tool_use_failed"}}"""
            },
            {
                400,
                FailureKind.BadRequest,
                """{"error":{"message":"Failed to validate JSON.","type":"invalid_request_error","param":null,"code":"json_validate_failed"}}"""
            },
            {
                413,
                FailureKind.BadRequest,
                """{"error":{"message":"Request Entity Too Large","type":"invalid_request_error","param":null,"code":"request_too_large"}}"""
            },
            {
                498,
                FailureKind.Overloaded,
                """{"error":{"message":"Flex tier capacity exceeded.","type":"internal_server_error","param":null,"code":"capacity_exceeded"}}"""
            },
            {
                503,
                FailureKind.Overloaded,
                """{"error":{"message":"Service unavailable.","type":"internal_server_error","param":null,"code":"service_unavailable"}}"""
            },
            {
                500,
                FailureKind.ServerError,
                """{"error":{"message":"Internal server error","type":"internal_server_error","param":null,"code":null}}"""
            },
        };
}
