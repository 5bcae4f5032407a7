using Wye.Primitives;

namespace Wye.Providers.ErrorBodies;

/// <summary>OpenRouter: a number as the code, and the provider behind it in metadata.</summary>
public static class OpenRouterErrorBodies
{
    public static ErrorBodyTable All { get; } =
        new()
        {
            {
                400,
                FailureKind.BadRequest,
                """{"error":{"message":"Provider returned error","code":400,"metadata":{"provider_name":"Far","raw":"{\"error\":\"bad\"}"}},"user_id":"user_7"}"""
            },
            {
                400,
                FailureKind.ContextLength,
                """{"error":{"message":"This endpoint's maximum context length is 32768 tokens. You asked for 40000.","code":400},"user_id":"user_7"}"""
            },
            {
                401,
                FailureKind.Unauthorized,
                """{"error":{"message":"No auth credentials found","code":401},"user_id":"user_7"}"""
            },
            {
                402,
                FailureKind.QuotaExhausted,
                """{"error":{"message":"This request needs more credits, or fewer max_tokens.","code":402},"user_id":"user_7"}"""
            },
            {
                402,
                FailureKind.QuotaExhausted,
                """{"error":{"message":"Insufficient credits. Add more.","code":402},"user_id":"user_7"}"""
            },
            {
                403,
                FailureKind.ContentPolicy,
                """{"error":{"message":"The model requires moderation. Your input was flagged for violence.","code":403,"metadata":{"reasons":["violence"],"flagged_input":"\u2026","provider_name":"Far","model_slug":"m"}},"user_id":"user_7"}"""
            },
            {
                403,
                FailureKind.Unauthorized,
                """{"error":{"message":"Key limit exceeded (total limit).","code":403},"user_id":"user_7"}"""
            },
            {
                404,
                FailureKind.ModelNotFound,
                """{"error":{"message":"No endpoints found for maker/none.","code":404},"user_id":"user_7"}"""
            },
            {
                408,
                FailureKind.ServerError,
                """{"error":{"message":"The request timed out.","code":408},"user_id":"user_7"}"""
            },
            {
                429,
                FailureKind.RateLimited,
                """{"error":{"message":"Rate limit exceeded: free-models-per-min.","code":429,"metadata":{"headers":{"X-RateLimit-Limit":"20","X-RateLimit-Remaining":"0"}}},"user_id":"user_7"}""",
                "x-ratelimit-reset: 1772366405000",
                5d
            },
            {
                429,
                FailureKind.RateLimited,
                """{"error":{"message":"Provider returned error","code":429,"metadata":{"provider_name":"Far","raw":"rate-limited upstream"}},"user_id":"user_7"}""",
                "retry-after: 9",
                9d
            },
            {
                502,
                FailureKind.ServerError,
                """{"error":{"message":"Provider returned error","code":502,"metadata":{"provider_name":"Far","raw":""}},"user_id":"user_7"}"""
            },
            {
                503,
                FailureKind.Overloaded,
                """{"error":{"message":"No available provider meets the routing requirements.","code":503},"user_id":"user_7"}"""
            },
            {
                500,
                FailureKind.ServerError,
                """{"error":{"message":"Internal Server Error","code":500},"user_id":"user_7"}"""
            },
        };
}
