using Wye.Primitives;

namespace Wye.Providers.ErrorBodies;

/// <summary>Mistral: a flat object, numbers as codes, and a bare detail.</summary>
public static class MistralErrorBodies
{
    public static ErrorBodyTable All { get; } =
        new()
        {
            {
                429,
                FailureKind.RateLimited,
                """{"object":"error","message":"Requests rate limit exceeded","type":"rate_limited","param":null,"code":"1300"}""",
                "retry-after: 1",
                1d
            },
            {
                429,
                FailureKind.RateLimited,
                """{"object":"error","message":"Service tier capacity exceeded for this model.","type":"service_tier_capacity_exceeded","param":null,"code":"3505"}"""
            },
            {
                429,
                FailureKind.RateLimited,
                """{"message":"Requests rate limit exceeded"}""",
                "x-ratelimit-reset: 12",
                12d
            },
            { 401, FailureKind.Unauthorized, """{"detail":"Unauthorized"}""" },
            { 401, FailureKind.Unauthorized, """{"message":"Unauthorized","request_id":"r7"}""" },
            { 402, FailureKind.QuotaExhausted, """{"detail":"Payment required"}""" },
            {
                400,
                FailureKind.ModelNotFound,
                """{"object":"error","message":"Invalid model: mistral-none","type":"invalid_model","param":null,"code":"1500"}"""
            },
            {
                403,
                FailureKind.Unauthorized,
                """{"object":"error","message":"You may not use this model.","type":"forbidden","param":null,"code":"1903"}"""
            },
            {
                400,
                FailureKind.ContextLength,
                """{"object":"error","message":"Prompt contains 40000 tokens, too large for model with 32768 maximum context length","type":"invalid_request_prompt","param":null,"code":"3051"}"""
            },
            {
                422,
                FailureKind.BadRequest,
                """{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted","input":{"include_usage":true}}]}"""
            },
            {
                422,
                FailureKind.BadRequest,
                """{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","store"],"msg":"Extra inputs are not permitted"}]},"type":"invalid_request_error","param":null,"code":null}"""
            },
            {
                400,
                FailureKind.BadRequest,
                """{"object":"error","message":"Expected last role User or Tool but got assistant","type":"invalid_request_message_order","param":null,"code":"3230"}"""
            },
            {
                500,
                FailureKind.ServerError,
                """{"object":"error","message":"Internal server error","type":"internal_server_error","param":null,"code":"1000"}"""
            },
            {
                503,
                FailureKind.Overloaded,
                """{"object":"error","message":"Service unavailable.","type":"internal_server_error","param":null,"code":"1000"}"""
            },
            { 504, FailureKind.ServerError, "upstream request timeout" },
        };
}
