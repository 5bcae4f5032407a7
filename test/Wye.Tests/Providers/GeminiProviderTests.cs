using System.Net.Http;
using Wye.Catalog;
using Wye.Chat;
using Wye.Dialects;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Providers;

/// <summary>What Gemini does differently: its addresses, its key, and streams that end with their body.</summary>
public class GeminiProviderTests
{
    private const string First =
        "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hello\"}]},\"index\":0}]}\r\n\r\n";

    private const string Last =
        "data: {\"candidates\":[{\"content\":{\"parts\":[]},\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":2}}\r\n\r\n";

    [Theory]
    [InlineData(false, "gemini-2.5-pro", "https://far.example/v1beta/models/gemini-2.5-pro:generateContent")]
    [InlineData(
        true,
        "gemini-2.5-pro",
        "https://far.example/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse"
    )]
    [InlineData(false, "tunedModels/own-1", "https://far.example/v1beta/tunedModels/own-1:generateContent")]
    public async Task Call_GoesToTheModelsMethod_WithTheKeyInItsHeader(bool stream, string name, string address)
    {
        using var handler = new VerbatimHandler(
            """{"candidates":[{"content":{"parts":[{"text":"Hello"}]},"finishReason":"STOP"}]}"""
        );
        var deployment = A.HttpDeployment(new Uri("https://far.example/v1beta/"), name, dialect: "gemini");
        using var transport = new HttpMessageInvoker(handler, disposeHandler: false);
        await using var exchange = await SendAsync(deployment, transport, stream);
        var (uri, headers, body) = handler.Asked.ShouldHaveSingleItem();
        uri.AbsoluteUri.ShouldBe(address);
        headers.ShouldContain("x-goog-api-key: AIza-own");
        headers.ShouldNotContain("Authorization");
        body.ShouldContain("\"contents\"");
        body.ShouldNotContain("\"model\":\"");
    }

    [Theory]
    [InlineData(First + Last, null)]
    [InlineData(First, FailureKind.StreamCut)]
    [InlineData("", FailureKind.StreamCut)]
    [InlineData(
        First
            + "data: {\"error\":{\"code\":503,\"message\":\"The model is overloaded.\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n",
        FailureKind.Overloaded
    )]
    [InlineData(First + "data: {\"half\":\r\n\r\n", FailureKind.BadResponse)]
    public async Task Stream_IsWhole_WhenItsBodyEndsAfterAFinishReason(string sent, FailureKind? expected)
    {
        await using var upstream = new RawUpstream(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(RawConnection.StreamHead);
            if (sent.Length > 0)
            {
                await connection.SendChunkAsync(sent);
            }

            await connection.EndChunksAsync();
        });
        var last = await LastAsync(upstream);
        var kind = last.Error?.Kind;
        kind.ShouldBe(expected);
        last.Has(ChatFrameKinds.End).ShouldBe(expected is null);
    }

    [Fact]
    public async Task Stream_WhoseConnectionBreaksAfterTheFinishReason_IsLost()
    {
        await using var upstream = new RawUpstream(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(RawConnection.StreamHead);
            await connection.SendChunkAsync(First + Last);
        });
        (await LastAsync(upstream)).Error!.Kind.ShouldBe(FailureKind.ConnectionLost);
    }

    [Theory]
    [InlineData(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", FailureKind.Unauthorized)]
    [InlineData(
        400,
        "INVALID_ARGUMENT",
        "The input token count (9) exceeds the maximum number of tokens allowed (8).",
        FailureKind.ContextLength
    )]
    [InlineData(400, "INVALID_ARGUMENT", "Invalid JSON payload received.", FailureKind.BadRequest)]
    [InlineData(403, "PERMISSION_DENIED", "The caller does not have permission", FailureKind.Unauthorized)]
    [InlineData(404, "NOT_FOUND", "models/x is not found for API version v1beta", FailureKind.ModelNotFound)]
    [InlineData(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).", FailureKind.RateLimited)]
    [InlineData(500, "INTERNAL", "An internal error has occurred.", FailureKind.ServerError)]
    [InlineData(503, "UNAVAILABLE", "The model is overloaded. Please try again later.", FailureKind.Overloaded)]
    [InlineData(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete.", FailureKind.ServerError)]
    public void ErrorBody_IsClassified(int status, string name, string message, FailureKind kind)
    {
        var body = $$$"""{"error":{"code":{{{status}}},"message":"{{{message}}}","status":"{{{name}}}"}}""";
        DialectRegistry.BuiltIn.TryFind<IProviderDialect>("gemini", out var dialect).ShouldBeTrue();
        var error = ErrorClassifier.Classify(status, dialect.ReadError(System.Text.Encoding.UTF8.GetBytes(body)), null);
        (error.Kind, error.Code, error.Message).ShouldBe((kind, name, message));
    }

    [Theory]
    [InlineData("\"17s\"", 17d)]
    [InlineData("\"3.25s\"", 3.25)]
    [InlineData("\"soon\"", null)]
    [InlineData("\"-1s\"", null)]
    [InlineData("\"NaNs\"", null)]
    [InlineData("\"99999999999999999999s\"", 3_600d)]
    [InlineData("17", null)]
    [InlineData("{\"seconds\":17}", null)]
    public async Task RetryInfo_InTheBodyOfAnError_SaysHowLongToWait(string delay, double? seconds)
    {
        var body =
            $$$"""{"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.Help","links":[{"description":"Limits"}]},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":{{{delay}}}}]}}""";
        using var handler = new VerbatimHandler(body, 429);
        using var transport = new HttpMessageInvoker(handler, disposeHandler: false);
        var deployment = A.HttpDeployment(new Uri("https://far.example/v1beta/"), dialect: "gemini");

        await using var exchange = await SendAsync(deployment, transport, stream: false);

        exchange.Error!.RetryAfter.ShouldBe(seconds is { } s ? TimeSpan.FromSeconds(s) : null);
        (exchange.Error.Kind, exchange.Error.Code).ShouldBe((FailureKind.RateLimited, "RESOURCE_EXHAUSTED"));
    }

    [Theory]
    [InlineData("gemini-2.5-flash", false, false)]
    [InlineData("gemini-2.5-pro", false, true)]
    [InlineData("gemini-3-pro-preview", true, true)]
    [InlineData("models/gemini-3.5-flash", true, true)]
    public void NewerModels_TakeLevelsAndDemandSignedCalls(string name, bool newer, bool alwaysThinks)
    {
        var target = ProviderHabits.TargetOf(
            A.HttpDeployment(new Uri("https://far.example/"), name, dialect: "gemini")
        );
        (target.AdaptiveThinking, target.SignedToolCalls, target.AlwaysThinks).ShouldBe((newer, newer, alwaysThinks));
    }

    private static async Task<ChatFrame> LastAsync(RawUpstream upstream)
    {
        using var transport = ProviderTransport.Create(TimeSpan.FromSeconds(3));
        var deployment = A.HttpDeployment(upstream.BaseUrl, dialect: "gemini");
        await using var exchange = await SendAsync(deployment, transport, stream: true);
        exchange.Error.ShouldBeNull();
        while (true)
        {
            var frame = await exchange.ReadFrameAsync(TestContext.Current.CancellationToken);
            if (frame.Has(ChatFrameKinds.End | ChatFrameKinds.Error))
            {
                return frame;
            }
        }
    }

    private static async Task<ChatExchange> SendAsync(Deployment deployment, HttpMessageInvoker transport, bool stream)
    {
        DialectRegistry.BuiltIn.TryFind("openai", out var caller).ShouldBeTrue();
        DialectRegistry.BuiltIn.TryFind<IProviderDialect>("gemini", out var dialect).ShouldBeTrue();
        var body =
            $$"""{"model":"auto","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"Hi"}]}""";
        caller!.TryReadRequest(A.Bytes(body), CallerHints.None, out var request, out _).ShouldBeTrue();
        var model = new HttpChatModel(
            deployment,
            A.EndpointOf(deployment, "AIza-own"),
            dialect,
            transport,
            TimeProvider.System,
            ResponseBounds.Default
        );
        return await model.SendAsync(A.CallOf(request!), TestContext.Current.CancellationToken);
    }
}
