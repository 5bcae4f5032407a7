using System.Net.Http;
using System.Text;
using Wye.Catalog;
using Wye.Chat;
using Wye.Dialects;
using Wye.Dialects.Errors;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Providers;

public class AnthropicHabitsTests
{
    private static readonly Uri Far = new("https://far.example/v1/");

    [Theory]
    [InlineData(
        "anthropic",
        "{\"model\":\"auto\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
    )]
    [InlineData(
        "openai",
        "{\"model\":\"auto\",\"seed\":1,\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
    )]
    public async Task Send_AsksTheProviderAsItExpects_WhateverTheCallerSpeaks(string caller, string body)
    {
        using var handler = new VerbatimHandler(
            """{"content":[{"type":"text","text":"Hello"}],"stop_reason":"end_turn"}"""
        );
        await using var exchange = await SendAsync(handler, caller, body, A.EndpointOf(Deployment(), "sk-ant-own"));
        exchange.Error.ShouldBeNull();
        var (uri, headers, sent) = handler.Asked.ShouldHaveSingleItem();
        uri.AbsoluteUri.ShouldBe("https://far.example/v1/messages");
        headers.ShouldContain("x-api-key: sk-ant-own");
        headers.ShouldContain("anthropic-version: 2023-06-01");
        headers.ShouldNotContain("Authorization");
        sent.ShouldContain("\"model\":\"claude-x\"");
        exchange.Dropped.ShouldBe(caller == "openai" ? ["seed"] : []);
    }

    [Fact]
    public async Task Version_MayBeSetByTheEndpoint()
    {
        using var handler = new VerbatimHandler("""{"content":[{"type":"text","text":"x"}]}""");
        var endpoint = A.EndpointOf(Deployment()) with
        {
            Headers = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add(
                "Anthropic-Version",
                "2026-10-21"
            ),
        };
        await using var exchange = await SendAsync(
            handler,
            "anthropic",
            "{\"model\":\"auto\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
            endpoint
        );
        handler.Asked[0].Headers.ShouldContain("2026-10-21");
        handler.Asked[0].Headers.ShouldNotContain("2023-06-01");
    }

    [Fact]
    public async Task Betas_OfTheCaller_FollowThoseOfTheEndpoint()
    {
        using var handler = new VerbatimHandler("""{"content":[{"type":"text","text":"x"}]}""");
        var endpoint = A.EndpointOf(Deployment()) with
        {
            Headers = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add(
                "anthropic-beta",
                "own-2026-01-01"
            ),
        };
        await using var exchange = await SendAsync(
            handler,
            "anthropic",
            "{\"model\":\"auto\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
            endpoint,
            new CallerHints { Betas = "context-1m-2025-08-07,interleaved-thinking-2025-05-14" }
        );
        exchange.Error.ShouldBeNull();
        handler
            .Asked[0]
            .Headers.ReplaceLineEndings(" ")
            .ShouldContain("anthropic-beta: own-2026-01-01, context-1m-2025-08-07,interleaved-thinking-2025-05-14");
    }

    [Theory]
    [InlineData("claude-haiku-4-5", false, false)]
    [InlineData("claude-opus-4-5-20251101", false, false)]
    [InlineData("claude-3-7-sonnet-20250219", false, false)]
    [InlineData("claude-sonnet-4-20250514", false, false)]
    [InlineData("claude-sonnet-4-6", true, false)]
    [InlineData("claude-opus-4-7-20260416", true, true)]
    [InlineData("claude-opus-5", true, true)]
    [InlineData("anthropic.claude-haiku-5-5", true, true)]
    [InlineData("gpt-4o", false, false)]
    public void Target_FollowsTheModelsVersion(string name, bool adaptive, bool fixedSampling)
    {
        var target = ProviderHabits.TargetOf(A.HttpDeployment(Far, name, Capabilities.Reasoning));
        (target.AdaptiveThinking, target.FixedSampling).ShouldBe((adaptive, fixedSampling));
        target.Reasons.ShouldBeTrue();
        target.MaxOutputTokens.ShouldBe(16_000);
    }

    [Theory]
    [InlineData(
        400,
        "invalid_request_error",
        "prompt is too long: 210000 tokens > 200000 maximum",
        FailureKind.ContextLength
    )]
    [InlineData(
        400,
        "invalid_request_error",
        "input length and `max_tokens` exceed context limit: 1 + 2 > 3",
        FailureKind.ContextLength
    )]
    [InlineData(400, "invalid_request_error", "Output blocked by content filtering policy", FailureKind.ContentPolicy)]
    [InlineData(
        400,
        "invalid_request_error",
        "Your credit balance is too low to access the API",
        FailureKind.QuotaExhausted
    )]
    [InlineData(400, "invalid_request_error", "max_tokens: Field required", FailureKind.BadRequest)]
    [InlineData(401, "authentication_error", "invalid x-api-key", FailureKind.Unauthorized)]
    [InlineData(402, "billing_error", "There is an issue with your billing", FailureKind.QuotaExhausted)]
    [InlineData(403, "permission_error", "Your API key may not use this model", FailureKind.Unauthorized)]
    [InlineData(404, "not_found_error", "model: claude-none", FailureKind.ModelNotFound)]
    [InlineData(413, "request_too_large", "Request exceeds the maximum size", FailureKind.BadRequest)]
    [InlineData(429, "rate_limit_error", "This request would exceed your rate limit", FailureKind.RateLimited)]
    [InlineData(500, "api_error", "Internal server error", FailureKind.ServerError)]
    [InlineData(504, "timeout_error", "The request timed out", FailureKind.ServerError)]
    [InlineData(529, "overloaded_error", "Overloaded", FailureKind.Overloaded)]
    public void ErrorBody_IsClassified_WhereverItsTypeStands(int status, string type, string message, FailureKind kind)
    {
        var inner = $$"""{"type":"{{type}}","message":"{{message}}"}""";
        foreach (
            var body in new[]
            {
                $$"""{"type":"error","error":{{inner}},"request_id":"req_1"}""",
                $$"""{"error":{{inner}},"type":"error"}""",
            }
        )
        {
            var error = ErrorClassifier.Classify(status, ErrorReader.Read(Encoding.UTF8.GetBytes(body)), null);
            (error.Kind, error.Code, error.Message).ShouldBe((kind, type, message));
        }
    }

    private static Deployment Deployment() => A.HttpDeployment(Far, "claude-x", dialect: "anthropic");

    private static async Task<ChatExchange> SendAsync(
        VerbatimHandler handler,
        string caller,
        string body,
        ProviderEndpoint endpoint,
        CallerHints? hints = null
    )
    {
        DialectRegistry.BuiltIn.TryFind(caller, out var callers).ShouldBeTrue();
        DialectRegistry.BuiltIn.TryFind("anthropic", out var dialect).ShouldBeTrue();
        callers!.TryReadRequest(A.Bytes(body), hints ?? CallerHints.None, out var request, out _).ShouldBeTrue();
        using var transport = new HttpMessageInvoker(handler, disposeHandler: false);
        var model = new HttpChatModel(
            Deployment(),
            endpoint,
            dialect!,
            transport,
            TimeProvider.System,
            ResponseBounds.Default
        );
        return await model.SendAsync(A.CallOf(request!), default);
    }
}
