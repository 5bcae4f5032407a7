using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi;

public class ErrorTests
{
    [Theory]
    [InlineData(FailureKind.BadRequest, null, null, 400)]
    [InlineData(FailureKind.BadRequest, 413, null, 413)]
    [InlineData(FailureKind.BadRequest, 422, null, 422)]
    [InlineData(FailureKind.BadRequest, 418, null, 400)]
    [InlineData(FailureKind.BadRequest, null, "request_too_large", 413)]
    [InlineData(FailureKind.BadRequest, 405, "method_not_allowed", 405)]
    [InlineData(FailureKind.BadRequest, 408, "request_timeout", 408)]
    [InlineData(FailureKind.BadRequest, 403, "insufficient_role", 403)]
    [InlineData(FailureKind.Internal, null, "ledger_unavailable", 503)]
    [InlineData(FailureKind.Unauthorized, null, null, 401)]
    [InlineData(FailureKind.Unauthorized, 401, null, 502)]
    [InlineData(FailureKind.BudgetExceeded, null, null, 402)]
    [InlineData(FailureKind.ModelNotFound, null, null, 404)]
    [InlineData(FailureKind.ContextLength, 400, null, 400)]
    [InlineData(FailureKind.ContentPolicy, 400, null, 400)]
    [InlineData(FailureKind.GateRefused, null, null, 422)]
    [InlineData(FailureKind.RateLimited, 429, null, 429)]
    [InlineData(FailureKind.QuotaExhausted, 429, null, 503)]
    [InlineData(FailureKind.Overloaded, 529, null, 503)]
    [InlineData(FailureKind.NoneAvailable, null, null, 503)]
    [InlineData(FailureKind.ServerError, 500, null, 502)]
    [InlineData(FailureKind.ConnectFailed, null, null, 502)]
    [InlineData(FailureKind.ConnectionLost, null, null, 502)]
    [InlineData(FailureKind.StreamCut, null, null, 502)]
    [InlineData(FailureKind.BadResponse, 200, null, 502)]
    [InlineData(FailureKind.ResponseTooLarge, null, null, 502)]
    [InlineData(FailureKind.FirstTokenTimeout, null, null, 504)]
    [InlineData(FailureKind.StreamStalled, null, null, 504)]
    [InlineData(FailureKind.TotalTimeout, null, null, 504)]
    [InlineData(FailureKind.CallerGone, null, null, 499)]
    [InlineData(FailureKind.Internal, null, null, 500)]
    public void Status_FollowsTheKind(FailureKind kind, int? status, string? code, int expected) =>
        Wire.Dialect.StatusOf(new ChatError(kind, "m") { Status = status, Code = code }).ShouldBe(expected);

    [Fact]
    public void Envelope_NamesMessageTypeParamAndCode() =>
        Envelope(new ChatError(FailureKind.BadRequest, "Mend it.") { Code = "invalid_type", Param = "messages[0]" })
            .ShouldBe(
                "{\"error\":{\"message\":\"Mend it.\",\"type\":\"invalid_request_error\",\"param\":\"messages[0]\",\"code\":\"invalid_type\"}}"
            );

    [Theory]
    [InlineData(FailureKind.Unauthorized, 401, "invalid_api_key", "provider_unauthorized")]
    [InlineData(FailureKind.QuotaExhausted, 429, "insufficient_quota", "provider_quota_exhausted")]
    [InlineData(FailureKind.ContextLength, 400, "context_length_exceeded", "context_length_exceeded")]
    [InlineData(FailureKind.ContextLength, 400, "INVALID_ARGUMENT", "context_length_exceeded")]
    [InlineData(FailureKind.ContextLength, null, "invalid_request_error", "context_length_exceeded")]
    [InlineData(FailureKind.ServerError, null, "500", "provider_error")]
    [InlineData(FailureKind.BadResponse, null, "500", "provider_bad_response")]
    [InlineData(FailureKind.BadRequest, 400, "unsupported_value", "unsupported_value")]
    [InlineData(FailureKind.BudgetExceeded, null, "budget_exceeded_team", "budget_exceeded_team")]
    public void Envelope_TakesTheProvidersCode_OnlyWhenTheRequestIsWrong(
        FailureKind kind,
        int? status,
        string code,
        string expected
    ) => Envelope(new ChatError(kind, "m") { Status = status, Code = code }).ShouldContain($"\"code\":\"{expected}\"");

    [Fact]
    public void Envelope_EscapesWhateverTheMessageHolds()
    {
        var text = Envelope(new ChatError(FailureKind.BadRequest, "<b>\"\u202E\n\ud800</b>"));
        text.ShouldNotContain("<");
        text.ShouldAllBe(c => c < 128);
        JsonNode.Parse(text)!["error"]!["message"]!.GetValue<string>().ShouldBe("<b>\"\u202E\n\uFFFD</b>");
    }

    [Theory]
    [InlineData("{\"error\":{\"message\":\"m\",\"type\":\"t\",\"param\":\"p\",\"code\":\"c\"}}", "m|t|c|p")]
    [InlineData("{\"error\":{\"message\":\"m\",\"type\":null,\"param\":null,\"code\":null}}", "m|||")]
    [InlineData(
        "{\"error\":{\"code\":429,\"message\":\"m\",\"status\":\"RESOURCE_EXHAUSTED\"}}",
        "m|RESOURCE_EXHAUSTED|429|"
    )]
    [InlineData("[{\"error\":{\"code\":400,\"message\":\"m\"}}]", "m||400|")]
    [InlineData(
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"m\"}}",
        "m|overloaded_error||"
    )]
    [InlineData("{\"error\":\"m\"}", "m|||")]
    [InlineData("{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"m\",\"type\":\"missing\"}]}", "m|missing||")]
    [InlineData("{\"detail\":\"m\"}", "m|||")]
    [InlineData("{\"message\":\"m\",\"code\":5}", "m||5|")]
    [InlineData("{\"error\":{\"message\":\"m\",\"code\":\"c\"", "m||c|")]
    [InlineData(
        "<html><head><style>b{}</style><title>502 Bad Gateway</title></head>\r\n<body>x</body></html>",
        "502 Bad Gateway x|||"
    )]
    [InlineData("upstream connect error", "upstream connect error|||")]
    [InlineData("if x < y then", "if x < y then|||")]
    [InlineData("", "|||")]
    [InlineData("{\"error\":{\"message\":\"\\ud800\"}}", "{\"error\":{\"message\":\"\\ud800\"}}|||")]
    [InlineData(
        "{\"error\":{\"message\":\"Incorrect API key provided: sk-proj-abcdef123456. See\"}}",
        "Incorrect API key provided: *** See|||"
    )]
    [InlineData("{\"error\":{\"message\":\"got Bearer abcdefgh12345\"}}", "got Bearer ***|||")]
    public void Reader_FindsTheWords_InWhateverBody(string body, string expected)
    {
        var wire = Wire.Dialect.ReadError(Encoding.UTF8.GetBytes(body));
        $"{wire.Message}|{wire.Type}|{wire.Code}|{wire.Param}".ShouldBe(expected);
    }

    [Fact]
    public void Reader_KeepsAtMost1000Characters() =>
        Wire.Dialect.ReadError(Encoding.UTF8.GetBytes(new string('x', 100_000))).Message!.Length.ShouldBe(1000);

    [Fact]
    public void Models_AreListedAsClientsExpect()
    {
        var output = new ArrayBufferWriter<byte>();
        Wire.Dialect.WriteModels([new ListedModel("auto", 1_700_000_000, "wye")], output);
        Encoding
            .UTF8.GetString(output.WrittenSpan)
            .ShouldBe(
                "{\"object\":\"list\",\"data\":[{\"id\":\"auto\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"wye\"}]}"
            );
    }

    private static string Envelope(ChatError error)
    {
        var output = new ArrayBufferWriter<byte>();
        Wire.Dialect.WriteError(error, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
