using Wye.Primitives;

namespace Wye.Providers.ErrorBodies;

/// <summary>Together: OpenAI's object; 403 for a prompt too long, credit_limit for money.</summary>
public static class TogetherErrorBodies
{
    public static ErrorBodyTable All { get; } =
        new()
        {
            {
                429,
                FailureKind.RateLimited,
                """{"error":{"message":"You have reached the rate limit for this model.","type":"model_rate_limit","param":null,"code":null}}""",
                "x-ratelimit-reset: 3",
                3d
            },
            {
                429,
                FailureKind.RateLimited,
                """{"error":{"message":"Dynamic rate limit reached.","type":"rate_limit","param":null,"code":"rate_limit_exceeded"}}""",
                "retry-after: 2",
                2d
            },
            {
                429,
                FailureKind.QuotaExhausted,
                """{"error":{"message":"You have used up your credits.","type":"credit_limit","param":null,"code":null}}"""
            },
            {
                402,
                FailureKind.QuotaExhausted,
                """{"error":{"message":"Payment required: credit limit exceeded.","type":"credit_limit","param":null,"code":null}}"""
            },
            {
                401,
                FailureKind.Unauthorized,
                """{"error":{"message":"Invalid API key provided.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"""
            },
            {
                404,
                FailureKind.ModelNotFound,
                """{"error":{"message":"Unable to access model m. Look at the list of models.","type":"invalid_request_error","param":null,"code":"model_not_available"}}"""
            },
            {
                400,
                FailureKind.ModelNotFound,
                """{"error":{"message":"Unable to access non-serverless model m. Start a dedicated endpoint.","type":"invalid_request_error","param":null,"code":"model_not_available"}}"""
            },
            {
                422,
                FailureKind.ContextLength,
                """{"error":{"message":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000 and 512","type":"invalid_request_error","param":null,"code":null}}"""
            },
            {
                403,
                FailureKind.ContextLength,
                """{"error":{"message":"The input token count and max_tokens exceed the context length of the model.","type":"invalid_request_error","param":null,"code":null}}"""
            },
            {
                400,
                FailureKind.BadRequest,
                """{"error":{"message":"Invalid value for temperature","type":"invalid_request_error","param":"temperature","code":null}}"""
            },
            {
                500,
                FailureKind.ServerError,
                """{"error":{"message":"Internal server error","type":"server_error","param":null,"code":null}}"""
            },
            {
                503,
                FailureKind.Overloaded,
                """{"error":{"message":"The server is overloaded or not ready yet.","type":"service_unavailable","param":null,"code":"engine_overloaded"}}"""
            },
            { 524, FailureKind.ServerError, "<!DOCTYPE html><title>524: A timeout occurred</title>" },
            {
                529,
                FailureKind.Overloaded,
                """{"error":{"message":"Too busy","type":"server_error","param":null,"code":null}}"""
            },
        };
}
