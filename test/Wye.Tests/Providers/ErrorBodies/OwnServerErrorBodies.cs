using Wye.Primitives;

namespace Wye.Providers.ErrorBodies;

/// <summary>Ollama and vLLM, old and new shapes, and what proxies before them say.</summary>
public static class OwnServerErrorBodies
{
    public static ErrorBodyTable All { get; } =
        new()
        {
            { 404, FailureKind.ModelNotFound, """{"error":"model 'llama9' not found, try pulling it first"}""" },
            {
                404,
                FailureKind.ModelNotFound,
                """{"error":{"message":"model 'llama9' not found","type":"not_found_error","param":null,"code":null}}"""
            },
            { 400, FailureKind.BadRequest, """{"error":"registry.local/llama does not support tools"}""" },
            { 400, FailureKind.ContextLength, """{"error":"the input length exceeds the context length"}""" },
            {
                500,
                FailureKind.ServerError,
                """{"error":"model requires more system memory (9.1 GiB) than is available (3.2 GiB)"}"""
            },
            {
                503,
                FailureKind.Overloaded,
                """{"error":"server busy, please try again. maximum pending requests exceeded"}"""
            },
            {
                400,
                FailureKind.ContextLength,
                """{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 5000.","type":"BadRequestError","param":null,"code":400}"""
            },
            {
                400,
                FailureKind.ContextLength,
                """{"error":{"message":"The decoder prompt (length 5000) is longer than the maximum model length of 4096.","type":"BadRequestError","param":null,"code":400}}"""
            },
            {
                404,
                FailureKind.ModelNotFound,
                """{"object":"error","message":"The model `m` does not exist.","type":"NotFoundError","param":null,"code":404}"""
            },
            { 401, FailureKind.Unauthorized, """{"error":"Unauthorized"}""" },
            {
                422,
                FailureKind.BadRequest,
                """{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required"}]}"""
            },
            {
                500,
                FailureKind.ServerError,
                """{"error":{"message":"EngineCore encountered an issue.","type":"InternalServerError","param":null,"code":500}}"""
            },
            { 500, FailureKind.ServerError, "Internal Server Error" },
            {
                502,
                FailureKind.ServerError,
                "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
            },
            { 503, FailureKind.Overloaded, "no available server", "retry-after: 1", 1d },
            { 429, FailureKind.RateLimited, "Too Many Requests", "retry-after: 5", 5d },
        };
}
