using Wye.Primitives;

namespace Wye.Providers.ErrorBodies;

/// <summary>OpenAI's error object with type and code.</summary>
public static class OpenAiErrorBodies
{
    public static ErrorBodyTable All { get; } =
        new()
        {
            {
                429,
                FailureKind.RateLimited,
                """{"error":{"message":"Too many requests per minute for gpt-x in this organization. Try again in 2s.","type":"requests","param":null,"code":"rate_limit_exceeded"}}""",
                "retry-after-ms: 2100",
                2.1d
            },
            {
                429,
                FailureKind.RateLimited,
                """{"error":{"message":"Too many tokens per minute for gpt-x in this organization.","type":"tokens","param":null,"code":"rate_limit_exceeded"}}""",
                "x-ratelimit-reset-tokens: 6s",
                6d
            },
            {
                429,
                FailureKind.QuotaExhausted,
                """{"error":{"message":"Your quota is used up; look at your plan and billing.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"""
            },
            {
                429,
                FailureKind.QuotaExhausted,
                """{"error":{"message":"Your account is not active; look at billing.","type":"billing_not_active","param":null,"code":"billing_not_active"}}"""
            },
            {
                400,
                FailureKind.QuotaExhausted,
                """{"error":{"message":"The hard limit of billing was reached.","type":"invalid_request_error","param":null,"code":"billing_hard_limit_reached"}}"""
            },
            {
                401,
                FailureKind.Unauthorized,
                """{"error":{"message":"Incorrect API key provided: sk-a***z.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"""
            },
            {
                401,
                FailureKind.Unauthorized,
                """{"error":{"message":"You must be a member of an organization to use the API.","type":"invalid_request_error","param":null,"code":null}}"""
            },
            {
                403,
                FailureKind.Unauthorized,
                """{"error":{"message":"This country is not supported.","type":"request_forbidden","param":null,"code":"unsupported_country_region_territory"}}"""
            },
            {
                404,
                FailureKind.ModelNotFound,
                """{"error":{"message":"The model `gpt-none` does not exist or you have no access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}"""
            },
            {
                400,
                FailureKind.ContextLength,
                """{"error":{"message":"This model's maximum context length is 128000 tokens, but 130001 came.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"""
            },
            {
                400,
                FailureKind.ContentPolicy,
                """{"error":{"message":"The prompt was flagged as potentially violating the usage policy.","type":"invalid_request_error","param":null,"code":"invalid_prompt"}}"""
            },
            {
                400,
                FailureKind.ContentPolicy,
                """{"error":{"message":"Rejected by the safety system.","type":"image_generation_user_error","param":null,"code":"moderation_blocked"}}"""
            },
            {
                400,
                FailureKind.BadRequest,
                """{"error":{"message":"Unsupported parameter: 'top_k'.","type":"invalid_request_error","param":"top_k","code":"unsupported_parameter"}}"""
            },
            {
                500,
                FailureKind.ServerError,
                """{"error":{"message":"The server had an error while processing the request.","type":"server_error","param":null,"code":null}}"""
            },
            {
                503,
                FailureKind.Overloaded,
                """{"error":{"message":"The engine has too much to do, slow down.","type":"server_error","param":null,"code":"slow_down"}}""",
                "retry-after: 15",
                15d
            },
        };
}
