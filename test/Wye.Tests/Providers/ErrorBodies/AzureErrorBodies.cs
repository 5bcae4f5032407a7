using Wye.Primitives;

namespace Wye.Providers.ErrorBodies;

/// <summary>Azure OpenAI: codes are often the status as text; content filters carry an innererror.</summary>
public static class AzureErrorBodies
{
    public static ErrorBodyTable All { get; } =
        new()
        {
            {
                429,
                FailureKind.RateLimited,
                """{"error":{"code":"429","message":"Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded the token rate limit of your tier. Please retry after 7 seconds."}}""",
                "retry-after: 7",
                7d
            },
            {
                429,
                FailureKind.RateLimited,
                """{"error":{"code":"429","message":"Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded the call rate limit of your tier."}}""",
                "retry-after-ms: 850",
                0.85d
            },
            {
                429,
                FailureKind.RateLimited,
                """{"error":{"code":"RateLimitReached","message":"The deployment's limit per minute was reached."}}""",
                "x-ms-retry-after-ms: 400",
                0.4d
            },
            {
                403,
                FailureKind.QuotaExhausted,
                """{"error":{"code":"403","message":"Out of call volume quota. It is filled up again in 14.05:43:04."}}"""
            },
            {
                429,
                FailureKind.QuotaExhausted,
                """{"error":{"code":"insufficient_quota","message":"The quota is used up."}}"""
            },
            {
                400,
                FailureKind.ContentPolicy,
                """{"error":{"message":"The response was filtered as the prompt triggered Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":false,"severity":"safe"},"violence":{"filtered":true,"severity":"high"}}}}}"""
            },
            {
                400,
                FailureKind.ContentPolicy,
                """{"error":{"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"jailbreak":{"detected":true,"filtered":true}}},"code":"content_filter","message":"Filtered.","param":"prompt","type":null}}"""
            },
            {
                400,
                FailureKind.ContentPolicy,
                """{"error":{"message":"Filtered.","type":null,"code":null,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}"""
            },
            {
                404,
                FailureKind.ModelNotFound,
                """{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist. If it was made in the last 5 minutes, wait."}}"""
            },
            { 404, FailureKind.ModelNotFound, """{"error":{"code":"404","message":"Resource not found"}}""" },
            {
                401,
                FailureKind.Unauthorized,
                """{"error":{"code":"401","message":"Access denied: invalid subscription key or wrong API endpoint."}}"""
            },
            {
                401,
                FailureKind.Unauthorized,
                """{"statusCode":401,"message":"Unauthorized. Access token is missing, invalid or expired."}"""
            },
            {
                403,
                FailureKind.Unauthorized,
                """{"error":{"code":"403","message":"Public access is disabled. Configure a private endpoint."}}"""
            },
            {
                400,
                FailureKind.ContextLength,
                """{"error":{"message":"This model's maximum context length is 16385 tokens. Yours are 17000.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"""
            },
            {
                400,
                FailureKind.BadRequest,
                """{"error":{"message":"Unknown parameter: 'stream_options'.","type":"invalid_request_error","param":"stream_options","code":"unknown_parameter"}}"""
            },
            {
                400,
                FailureKind.BadRequest,
                """{"error":{"code":"OperationNotSupported","message":"The chatCompletion operation does not work with the specified model."}}"""
            },
            { 408, FailureKind.ServerError, """{"error":{"code":"Timeout","message":"The operation was timeout."}}""" },
            {
                500,
                FailureKind.ServerError,
                """{"error":{"code":"InternalServerError","message":"Backend returned unexpected response."}}"""
            },
            {
                503,
                FailureKind.Overloaded,
                """{"error":{"code":"ServiceUnavailable","message":"The service is temporarily unable to process your request."}}""",
                "retry-after: 30",
                30d
            },
        };
}
