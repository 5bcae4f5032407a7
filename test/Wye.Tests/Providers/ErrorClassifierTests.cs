using System.Buffers;
using System.Text;
using Wye.Chat;
using Wye.Dialects;
using Wye.Dialects.Errors;
using Wye.Primitives;

namespace Wye.Providers;

public class ErrorClassifierTests
{
    [Theory]
    [InlineData(
        429,
        "{\"error\":{\"message\":\"Rate limit reached for gpt-x in organization org-1 on requests per min (RPM)\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}",
        FailureKind.RateLimited
    )]
    [InlineData(
        429,
        "{\"error\":{\"message\":\"You exceeded your current quota, please check your plan and billing details.\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}",
        FailureKind.QuotaExhausted
    )]
    [InlineData(
        429,
        "{\"error\":{\"message\":\"Limit reached\",\"code\":\"enforced_spend_limit_reached\"}}",
        FailureKind.QuotaExhausted
    )]
    [InlineData(
        429,
        "{\"error\":{\"code\":429,\"message\":\"You exceeded your current quota\",\"status\":\"RESOURCE_EXHAUSTED\"}}",
        FailureKind.RateLimited
    )]
    [InlineData(
        429,
        "{\"error\":{\"message\":\"billing\",\"code\":\"billing_hard_limit_reached\"}}",
        FailureKind.QuotaExhausted
    )]
    [InlineData(429, "", FailureKind.RateLimited)]
    [InlineData(402, "{\"error\":{\"message\":\"Insufficient credits\",\"code\":402}}", FailureKind.QuotaExhausted)]
    [InlineData(402, "", FailureKind.QuotaExhausted)]
    [InlineData(
        400,
        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to access the API.\"}}",
        FailureKind.QuotaExhausted
    )]
    [InlineData(
        503,
        "{\"error\":{\"message\":\"The server is overloaded\",\"type\":\"server_error\"}}",
        FailureKind.Overloaded
    )]
    [InlineData(
        529,
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
        FailureKind.Overloaded
    )]
    [InlineData(500, "{\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}", FailureKind.Overloaded)]
    [InlineData(498, "{\"error\":{\"message\":\"capacity exceeded\"}}", FailureKind.Overloaded)]
    [InlineData(
        500,
        "{\"error\":{\"message\":\"The server had an error\",\"type\":\"server_error\"}}",
        FailureKind.ServerError
    )]
    [InlineData(502, "<html><body>Bad Gateway</body></html>", FailureKind.ServerError)]
    [InlineData(504, "upstream request timeout", FailureKind.ServerError)]
    [InlineData(500, "the context length of the buffer", FailureKind.ServerError)]
    [InlineData(
        401,
        "{\"error\":{\"message\":\"Incorrect API key provided\",\"code\":\"invalid_api_key\"}}",
        FailureKind.Unauthorized
    )]
    [InlineData(
        403,
        "{\"error\":{\"message\":\"Country not supported\",\"code\":\"unsupported_country_region_territory\"}}",
        FailureKind.Unauthorized
    )]
    [InlineData(403, "", FailureKind.Unauthorized)]
    [InlineData(
        400,
        "[{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\",\"status\":\"INVALID_ARGUMENT\"}}]",
        FailureKind.Unauthorized
    )]
    [InlineData(
        404,
        "{\"error\":{\"message\":\"The model `x` does not exist\",\"code\":\"model_not_found\"}}",
        FailureKind.ModelNotFound
    )]
    [InlineData(
        404,
        "{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"The API deployment does not exist\"}}",
        FailureKind.ModelNotFound
    )]
    [InlineData(404, "Not Found", FailureKind.ModelNotFound)]
    [InlineData(
        400,
        "{\"error\":{\"message\":\"The model has been decommissioned\",\"code\":\"model_decommissioned\"}}",
        FailureKind.ModelNotFound
    )]
    [InlineData(
        400,
        "{\"error\":{\"message\":\"This model's maximum context length is 8192 tokens.\",\"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\"}}",
        FailureKind.ContextLength
    )]
    [InlineData(
        400,
        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 205000 tokens > 200000 maximum\"}}",
        FailureKind.ContextLength
    )]
    [InlineData(
        400,
        "{\"object\":\"error\",\"message\":\"This model's maximum context length is 4096 tokens\",\"type\":\"BadRequestError\",\"code\":400}",
        FailureKind.ContextLength
    )]
    [InlineData(
        400,
        "{\"error\":{\"code\":400,\"message\":\"The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).\",\"status\":\"INVALID_ARGUMENT\"}}",
        FailureKind.ContextLength
    )]
    [InlineData(
        413,
        "{\"error\":{\"message\":\"Request too large for model on tokens per minute (TPM)\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}",
        FailureKind.RateLimited
    )]
    [InlineData(413, "", FailureKind.BadRequest)]
    [InlineData(
        400,
        "{\"error\":{\"message\":\"The response was filtered\",\"code\":\"content_filter\",\"param\":\"prompt\"}}",
        FailureKind.ContentPolicy
    )]
    [InlineData(
        400,
        "{\"error\":{\"message\":\"Your request was rejected\",\"code\":\"content_policy_violation\"}}",
        FailureKind.ContentPolicy
    )]
    [InlineData(
        400,
        "{\"error\":{\"message\":\"Invalid value for 'temperature'\",\"type\":\"invalid_request_error\",\"param\":\"temperature\",\"code\":null}}",
        FailureKind.BadRequest
    )]
    [InlineData(
        422,
        "{\"detail\":[{\"loc\":[\"body\",\"messages\"],\"msg\":\"field required\",\"type\":\"value_error.missing\"}]}",
        FailureKind.BadRequest
    )]
    [InlineData(408, "", FailureKind.ServerError)]
    [InlineData(302, "", FailureKind.BadResponse)]
    [InlineData(204, "", FailureKind.BadResponse)]
    public void Classifier_TellsTheClassesApart(int status, string body, FailureKind expected)
    {
        var wire = ErrorReader.Read(Encoding.UTF8.GetBytes(body));
        var error = ErrorClassifier.Classify(status, wire, TimeSpan.FromSeconds(2));
        error.Kind.ShouldBe(expected);
        error.Status.ShouldBe(status);
        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(2));
        error.Message.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData(null, FailureKind.ServerError)]
    [InlineData("server_error", FailureKind.ServerError)]
    [InlineData("rate_limit_exceeded", FailureKind.RateLimited)]
    [InlineData("overloaded_error", FailureKind.Overloaded)]
    [InlineData("insufficient_quota", FailureKind.QuotaExhausted)]
    [InlineData("context_length_exceeded", FailureKind.ContextLength)]
    [InlineData("content_filter", FailureKind.ContentPolicy)]
    [InlineData("503", FailureKind.Overloaded)]
    [InlineData("429", FailureKind.RateLimited)]
    [InlineData("7", FailureKind.ServerError)]
    [InlineData("99999999999999", FailureKind.ServerError)]
    public void Classifier_RefinesAnErrorWithoutStatus_ByItsCode(string? code, FailureKind expected) =>
        ErrorClassifier.Refine(new ChatError(FailureKind.ServerError, "m") { Code = code }).Kind.ShouldBe(expected);

    [Theory]
    [InlineData("authentication_error", 502, "provider_unauthorized")]
    [InlineData("invalid_api_key", 502, "provider_unauthorized")]
    [InlineData("overloaded_error", 503, "provider_overloaded")]
    [InlineData("server_error", 502, "provider_error")]
    [InlineData("context_length_exceeded", 400, "context_length_exceeded")]
    [InlineData("content_filter", 400, "content_filter")]
    public void ErrorInAStream_LooksLikeTheSameErrorWithAStatus(string name, int status, string code)
    {
        var error = ErrorClassifier.Refine(
            ErrorReader.OfEvent(
                Encoding.UTF8.GetBytes($$$"""{"type":"error","error":{"type":"{{{name}}}","message":"m"}}""")
            )
        );
        Faces.OpenAi.StatusOf(error).ShouldBe(status);
        var output = new ArrayBufferWriter<byte>();
        Faces.OpenAi.WriteError(error, output);
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldContain($"\"code\":\"{code}\"");
    }
}
