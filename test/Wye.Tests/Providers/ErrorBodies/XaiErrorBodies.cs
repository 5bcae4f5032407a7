using Wye.Primitives;

namespace Wye.Providers.ErrorBodies;

/// <summary>xAI: a sentence as the code, the message as a bare text.</summary>
public static class XaiErrorBodies
{
    public static ErrorBodyTable All { get; } =
        new()
        {
            {
                400,
                FailureKind.Unauthorized,
                """{"code":"Client specified an invalid argument","error":"Incorrect API key provided: xa***9z."}"""
            },
            {
                401,
                FailureKind.Unauthorized,
                """{"code":"The request does not have valid authentication credentials","error":"No credentials came."}"""
            },
            {
                403,
                FailureKind.QuotaExhausted,
                """{"code":"The caller does not have permission to execute the specified operation","error":"Your new team doesn't have any credits yet."}"""
            },
            {
                429,
                FailureKind.QuotaExhausted,
                """{"code":"Some resource has been exhausted","error":"Your team t has either used all available credits or reached its monthly spending limit."}"""
            },
            {
                403,
                FailureKind.Unauthorized,
                """{"code":"The caller does not have permission to execute the specified operation","error":"The key is disabled."}"""
            },
            {
                403,
                FailureKind.ContentPolicy,
                """{"code":"The caller does not have permission to execute the specified operation","error":"Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO"}"""
            },
            {
                404,
                FailureKind.ModelNotFound,
                """{"code":"Some requested entity was not found","error":"The model grok-none does not exist or the team has no access to it."}"""
            },
            {
                400,
                FailureKind.ContextLength,
                """{"code":"Client specified an invalid argument","error":"This model's maximum prompt length is 131072 but the request contains 140000 tokens."}"""
            },
            {
                400,
                FailureKind.BadRequest,
                """{"code":"Client specified an invalid argument","error":"Argument not supported on this model: presencePenalty"}"""
            },
            {
                422,
                FailureKind.BadRequest,
                "Failed to deserialize the JSON body into the target type: messages: missing field"
            },
            {
                429,
                FailureKind.RateLimited,
                """{"code":"Some resource has been exhausted","error":"Too many requests for team t and model m."}""",
                "retry-after: 6",
                6d
            },
            { 429, FailureKind.RateLimited, "Too many requests" },
            { 500, FailureKind.ServerError, """{"code":"Internal error","error":"Try again."}""" },
            {
                503,
                FailureKind.Overloaded,
                """{"code":"The service is currently unavailable","error":"The model is at capacity."}""",
                "retry-after: 2",
                2d
            },
        };
}
