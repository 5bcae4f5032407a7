using System.Collections.Immutable;
using System.Net.Http;
using System.Text;
using Wye.Chat;
using Wye.Dialects;
using Wye.Dialects.OpenAi;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Providers;

public class HttpChatModelTests
{
    private const string Good = """{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}""";
    private static readonly Uri Far = new("https://far.example/v1/");

    [Fact]
    public async Task Send_AsksTheProviderAsItExpects()
    {
        using var handler = new VerbatimHandler(Good);
        await using var exchange = await SendAsync(handler, key: "sk-our-own-key", attempt: 3);
        exchange.Error.ShouldBeNull();
        var (uri, headers, body) = handler.Asked.ShouldHaveSingleItem();
        uri.AbsoluteUri.ShouldBe("https://far.example/v1/chat/completions");
        headers.ShouldContain("Authorization: Bearer sk-our-own-key");
        headers.ShouldContain("x-wye-attempt-id: req_1-3");
        headers.ShouldContain("User-Agent: wye");
        headers.ShouldContain("Content-Type: application/json");
        headers.ShouldContain($"Content-Length: {body.Length}");
        body.ShouldBe("""{"model":"upstream-1","messages":[{"role":"user","content":"Hi"}]}""");
    }

    [Fact]
    public async Task Send_NamesItself_UnlessTheEndpointDoes()
    {
        using var handler = new VerbatimHandler(Good);
        var deployment = A.HttpDeployment(Far);
        var named = A.EndpointOf(deployment) with
        {
            Headers = ImmutableDictionary<string, string>.Empty.Add("user-agent", "house/1"),
        };
        var model = new HttpChatModel(
            deployment,
            named,
            new OpenAiDialect(),
            new HttpMessageInvoker(handler),
            FixedTime.Default,
            ResponseBounds.Default
        );
        await using var exchange = await model.SendAsync(A.CallOf(Asked(), attempt: 1), default);
        var headers = handler.Asked[0].Headers.ReplaceLineEndings(";");
        headers.ShouldContain("User-Agent: house/1;", Case.Insensitive);
        headers.ShouldNotContain("wye;", Case.Insensitive);
    }

    [Fact]
    public async Task Send_LeavesAuthorizationOut_WithoutAKey()
    {
        using var handler = new VerbatimHandler(Good);
        await using var exchange = await SendAsync(handler);
        handler.Asked[0].Headers.ShouldNotContain("Authorization");
    }

    [Fact]
    public async Task Send_ClassifiesAnErrorStatus_AndReadsTheWait()
    {
        using var handler = new VerbatimHandler(
            """{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}""",
            429
        );
        handler.AnswerHeaders["Retry-After"] = "Sun, 01 Mar 2026 12:00:09 GMT";
        await using var exchange = await SendAsync(handler);
        exchange.Error.ShouldBe(
            new ChatError(FailureKind.RateLimited, "Rate limit reached")
            {
                Status = 429,
                Code = "rate_limit_exceeded",
                RetryAfter = TimeSpan.FromSeconds(9),
            }
        );
    }

    [Fact]
    public async Task Send_NeverRepeatsOurKey()
    {
        using var handler = new VerbatimHandler("{\"error\":{\"message\":\"Bad key: s3cr3t!\"}}", 401);
        await using var exchange = await SendAsync(handler, key: "s3cr3t!");
        exchange.Error!.Message.ShouldBe("Bad key: ***");
        exchange.Error.Kind.ShouldBe(FailureKind.Unauthorized);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public async Task Send_FollowsNoRedirect(int status)
    {
        using var handler = new VerbatimHandler("", status);
        handler.AnswerHeaders["Location"] = "https://evil.example/";
        await using var exchange = await SendAsync(handler);
        exchange.Error!.Kind.ShouldBe(FailureKind.BadResponse);
        handler.Asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("application/json", "{\"error\":{\"message\":\"slow\",\"code\":429}}", FailureKind.RateLimited)]
    [InlineData("application/json; charset=utf-8", "{\"error\":{\"message\":\"x\"}}", FailureKind.BadResponse)]
    [InlineData("application/json", Good, FailureKind.BadResponse)]
    [InlineData("text/html", "<html>Sign in</html>", FailureKind.BadResponse)]
    public async Task Stream_ThatIsADocument_IsAFailureBeforeTheFirstFrame(
        string type,
        string body,
        FailureKind expected
    )
    {
        using var handler = new VerbatimHandler(body, type: type);
        await using var exchange = await SendAsync(handler, stream: true);
        exchange.Error!.Kind.ShouldBe(expected);
    }

    [Fact]
    public async Task Stream_ThatIsAWholeAnswer_BringsTheTokensItIsBilledBy()
    {
        const string Body =
            """{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":5}}""";
        using var handler = new VerbatimHandler(Body);
        await using var exchange = await SendAsync(handler, stream: true);
        exchange.Error!.Usage.ShouldBe(new Usage { InputTokens = 10, OutputTokens = 5 });
    }

    [Theory]
    [InlineData(200, false, FailureKind.BadResponse)]
    [InlineData(200, true, FailureKind.BadResponse)]
    [InlineData(400, false, FailureKind.BadRequest)]
    [InlineData(429, true, FailureKind.RateLimited)]
    public async Task CompressedAnswer_IsSaidToBe_AndItsBytesAreShownToNobody(
        int status,
        bool stream,
        FailureKind expected
    )
    {
        using var handler = new VerbatimHandler("\u001f\u008b\b", status);
        handler.AnswerHeaders["Content-Encoding"] = "gzip";
        await using var exchange = await SendAsync(handler, stream: stream);
        exchange.Error!.Kind.ShouldBe(expected);
        exchange.Error.Message.ShouldBe(
            "The provider's answer came compressed (gzip), which was not asked for. Turn that off there."
        );
    }

    [Fact]
    public async Task IdentityEncoding_IsNone()
    {
        using var handler = new VerbatimHandler(Good);
        handler.AnswerHeaders["Content-Encoding"] = "identity";
        await using var exchange = await SendAsync(handler);
        exchange.Error.ShouldBeNull();
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("text/event-stream; charset=utf-8")]
    [InlineData("text/plain")]
    [InlineData("")]
    public async Task Stream_IsTaken_WhateverItIsCalled(string type)
    {
        const string Events =
            "data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        using var handler = new VerbatimHandler(Events, type: type);
        await using var exchange = await SendAsync(handler, stream: true);
        exchange.Error.ShouldBeNull();
        (await exchange.ReadFrameAsync(default)).Has(ChatFrameKinds.Content).ShouldBeTrue();
        (await exchange.ReadFrameAsync(default)).Has(ChatFrameKinds.End).ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_IsBounded(bool stream)
    {
        var body = stream
            ? string.Concat(Enumerable.Repeat("data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n", 100))
            : Good + new string(' ', 1000);
        using var handler = new VerbatimHandler(body, type: stream ? "text/event-stream" : "application/json");
        await using var exchange = await SendAsync(
            handler,
            stream: stream,
            bounds: new ResponseBounds { AnswerBytes = 1000 }
        );
        var error = exchange.Error;
        while (error is null)
        {
            error = (await exchange.ReadFrameAsync(default)).Error;
        }

        error.Kind.ShouldBe(FailureKind.ResponseTooLarge);
    }

    [Fact]
    public async Task Answer_OfExactlyTheBound_IsTaken()
    {
        using var handler = new VerbatimHandler(Good);
        await using var exchange = await SendAsync(
            handler,
            bounds: new ResponseBounds { AnswerBytes = Encoding.UTF8.GetByteCount(Good) }
        );
        exchange.Reply.ShouldNotBeNull();
    }

    [Fact]
    public async Task Stream_GivesItsErrorsTheRightClass()
    {
        using var handler = new VerbatimHandler(
            "data: {\"error\":{\"message\":\"busy s3cr3t!\",\"type\":\"overloaded_error\"}}\n\n",
            type: "text/event-stream"
        );
        await using var exchange = await SendAsync(handler, stream: true, key: "s3cr3t!");
        var frame = await exchange.ReadFrameAsync(default);
        frame.Error!.Kind.ShouldBe(FailureKind.Overloaded);
        frame.Error.Message.ShouldBe("busy ***");
    }

    [Fact]
    public async Task ForeignRequest_FailsWithoutACall()
    {
        using var handler = new VerbatimHandler(Good);
        using var foreign = new ChatRequest
        {
            Dialect = DialectId.Anthropic,
            Body = default,
            Fields = [],
            RequestedModel = "auto",
            Texts = [],
        };
        await using var exchange = await Model(handler, null, ResponseBounds.Default)
            .SendAsync(A.CallOf(foreign), default);
        exchange.Error!.Kind.ShouldBe(FailureKind.NoneAvailable);
        exchange.Error.Message.ShouldBe(
            "A request in the 'anthropic' format can only be sent to a provider that speaks it."
        );
        handler.Asked.ShouldBeEmpty();
    }

    private static async Task<ChatExchange> SendAsync(
        VerbatimHandler handler,
        bool stream = false,
        string? key = null,
        int attempt = 1,
        ResponseBounds? bounds = null
    )
    {
        return await Model(handler, key, bounds ?? ResponseBounds.Default)
            .SendAsync(A.CallOf(Asked(stream), attempt), default);
    }

    private static ChatRequest Asked(bool stream = false)
    {
        var streamed = stream ? ",\"stream\":true" : "";
        var body = A.Bytes(
            "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + streamed + "}"
        );
        new OpenAiDialect().TryReadRequest(body, CallerHints.None, out var request, out _).ShouldBeTrue();
        return request!;
    }

    private static HttpChatModel Model(VerbatimHandler handler, string? key, ResponseBounds bounds)
    {
        var deployment = A.HttpDeployment(Far);
        return new HttpChatModel(
            deployment,
            A.EndpointOf(deployment, key),
            new OpenAiDialect(),
            new HttpMessageInvoker(handler),
            FixedTime.Default,
            bounds
        );
    }
}
