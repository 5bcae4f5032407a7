using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wye.Access;
using Wye.Access.Desk;
using Wye.Primitives;

namespace Wye.Gateway.Access;

/// <summary>Limits and allow-lists of keys over real HTTP.</summary>
public sealed class KeyLimitTests(KeyLimitTests.StillGateway gateway) : IClassFixture<KeyLimitTests.StillGateway>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RequestLimit_LetsInExactlyThatMany_AndSaysWhatIsLeft()
    {
        var key = await MakeAsync(new KeyRules { RequestsPerMinute = 3 });
        for (var left = 2; left >= 0; left--)
        {
            using var answer = await ChatAsync(key);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            Header(answer, "x-ratelimit-limit-requests").ShouldBe("3");
            Header(answer, "x-ratelimit-remaining-requests").ShouldBe($"{left}");
            Header(answer, "x-ratelimit-reset-requests").ShouldBe("1m1s");
            answer.Headers.Contains("x-ratelimit-limit-tokens").ShouldBeFalse();
        }

        using var refused = await ChatAsync(key);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        Header(refused, "x-ratelimit-remaining-requests").ShouldBe("0");
        int.Parse(Header(refused, "Retry-After")!, null).ShouldBeInRange(1, 30);
        var error = (await JsonAsync(refused)).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("rate_limit_exceeded");
        error.GetProperty("message").GetString()!.ShouldContain("3 requests per minute");
    }

    [Fact]
    public async Task TokenLimit_IsTakenByEstimate_AndCorrectedByWhatWasUsed()
    {
        var key = await MakeAsync(new KeyRules { TokensPerMinute = 2_000 });

        using var answer = await ChatAsync(key);

        var used = (await JsonAsync(answer)).GetProperty("usage").GetProperty("total_tokens").GetInt64();
        Header(answer, "x-ratelimit-limit-tokens").ShouldBe("2000");
        Header(answer, "x-ratelimit-remaining-tokens").ShouldNotBeNull();
        // The answer is there before what it used is counted.
        (await EndedAsync(key))
            .State!.Limiter.Used()
            .Tokens.ShouldBe(used);
    }

    [Fact]
    public async Task ARequestAboveTheTokenLimit_IsToldThatWaitingDoesNotHelp()
    {
        var key = await MakeAsync(new KeyRules { TokensPerMinute = 10 });

        using var refused = await ChatAsync(key);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        Header(refused, "x-should-retry").ShouldBe("false");
        (await JsonAsync(refused))
            .GetProperty("error")
            .GetProperty("code")
            .GetString()
            .ShouldBe("request_above_token_limit");
    }

    [Fact]
    public async Task ConcurrencyLimit_IsGivenBackOnEveryExit()
    {
        var key = await MakeAsync(new KeyRules { MaxConcurrent = 1 });
        // A broken body, a faulty provider, a stream that is left: each gives the place back.
        (await SendAsync(key, "v1/chat/completions", "{")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (var stream = await ChatAsync(key, stream: true, headersOnly: true))
        {
            stream.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await EndedAsync(key);
        (await ChatAsync(key)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ConcurrencyLimit_RefusesWhatIsTooMuchAtOnce()
    {
        var key = await MakeAsync(new KeyRules { MaxConcurrent = 2 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => ChatAsync(key)));

        answers.ShouldAllBe(one =>
            one.StatusCode == HttpStatusCode.OK || one.StatusCode == HttpStatusCode.TooManyRequests
        );
        answers.Count(one => one.StatusCode == HttpStatusCode.OK).ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task AnthropicCallers_ReadTheirOwnHeaders()
    {
        var key = await MakeAsync(new KeyRules { RequestsPerMinute = 5, TokensPerMinute = 100_000 });

        using var answer = await SendAsync(
            key,
            "v1/messages",
            """{"model":"auto","max_tokens":50,"messages":[{"role":"user","content":"hello"}]}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Header(answer, "anthropic-ratelimit-requests-limit").ShouldBe("5");
        Header(answer, "anthropic-ratelimit-requests-remaining").ShouldBe("4");
        Header(answer, "anthropic-ratelimit-tokens-limit").ShouldBe("100000");
        DateTimeOffset
            .Parse(Header(answer, "anthropic-ratelimit-requests-reset")!, null)
            .ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
        answer.Headers.Contains("x-ratelimit-limit-requests").ShouldBeFalse();
    }

    [Theory]
    [InlineData("v1/chat/completions", """{"model":"auto","messages":[{"role":"user","content":"hello"}]}""", 200)]
    [InlineData(
        "v1/chat/completions",
        """{"model":"auto","stream":true,"messages":[{"role":"user","content":"hello"}]}""",
        200
    )]
    [InlineData("v1/chat/completions", """{"model":"nobody","messages":[{"role":"user","content":"hello"}]}""", 404)]
    [InlineData("v1/chat/completions", "{", 400)]
    [InlineData("v1/messages", "{", 400)]
    [InlineData("v1/messages/count_tokens", """{"model":"auto","messages":[{"role":"user","content":"hello"}]}""", 200)]
    [InlineData("v1/route", """{"model":"auto","messages":[{"role":"user","content":"hello"}]}""", 200)]
    [InlineData("v1/feedback", "{", 400)]
    [InlineData("v1/completions", """{"model":"auto","prompt":"hello"}""", 200)]
    [InlineData("v1/embeddings", "{", 400)]
    [InlineData("v1/responses", """{"model":"auto","input":"hello"}""", 200)]
    [InlineData("v1/responses", """{"model":"auto","input":"hello","previous_response_id":"resp_none"}""", 400)]
    public async Task EveryAnswerOfALimitedEndpoint_SaysWhatIsLeft(string path, string body, int status)
    {
        var key = await MakeAsync(new KeyRules { RequestsPerMinute = 7, TokensPerMinute = 100_000 });

        using var answer = await SendAsync(key, path, body);

        ((int)answer.StatusCode).ShouldBe(status);
        var (own, other) = path.StartsWith("v1/messages", StringComparison.Ordinal)
            ? ("anthropic-ratelimit-", "x-ratelimit-")
            : ("x-ratelimit-", "anthropic-ratelimit-");
        answer.Headers.Count(header => header.Key.StartsWith(own, StringComparison.Ordinal)).ShouldBe(6);
        answer.Headers.ShouldNotContain(header => header.Key.StartsWith(other, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatCallsNoModel_IsNotCounted()
    {
        var key = await MakeAsync(new KeyRules { RequestsPerMinute = 1 });
        for (var i = 0; i < 3; i++)
        {
            using var listed = await SendAsync(key, "v1/models", null);
            listed.StatusCode.ShouldBe(HttpStatusCode.OK);
            listed.Headers.Contains("x-ratelimit-limit-requests").ShouldBeFalse();
        }

        (await ChatAsync(key)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task RouteList_ClosesOtherRoutesAndNamedModels()
    {
        var key = await MakeAsync(new KeyRules { Routes = ["auto"] });

        (await ChatAsync(key, "auto")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldBeRefusedAsync(key, "guess");
        await ShouldBeRefusedAsync(key, "gpt-4o");
        await ShouldBeRefusedAsync(key, "cheap");
        (await ListedAsync(key)).ShouldBe(["auto"]);
    }

    [Theory]
    [InlineData("nobody", HttpStatusCode.NotFound, "not_found_error")]
    [InlineData("gpt-4o", HttpStatusCode.Forbidden, "permission_error")]
    [InlineData("guess", HttpStatusCode.Forbidden, "permission_error")]
    [InlineData("auto", HttpStatusCode.OK, null)]
    public async Task TokenCount_IsGivenForTheNamesThatMessagesTakes(string model, HttpStatusCode status, string? type)
    {
        var key = await MakeAsync(new KeyRules { Routes = ["auto"] });
        var body = $$"""{"model":"{{model}}","max_tokens":9,"messages":[{"role":"user","content":"hello"}]}""";

        using var counted = await SendAsync(key, "v1/messages/count_tokens", body);
        using var asked = await SendAsync(key, "v1/messages", body);

        counted.StatusCode.ShouldBe(status);
        asked.StatusCode.ShouldBe(status);
        if (type is not null)
        {
            var text = await counted.Content.ReadAsStringAsync(Token);
            text.ShouldBe(await asked.Content.ReadAsStringAsync(Token));
            text.ShouldStartWith($$$"""{"type":"error","error":{"type":"{{{type}}}","message":""");
        }
    }

    [Fact]
    public async Task TokenCount_IsGivenForWhatFitsNoWindowAndNoBudget()
    {
        var key = await MakeAsync(
            new KeyRules { Budgets = [new KeyBudget(Usd.FromDollars(0.000001m), KeyBudgetPeriod.Total)] }
        );
        var prompt = string.Concat(Enumerable.Repeat("word ", 400_000));
        var body = $$"""{"model":"gpt-4o-mini","messages":[{"role":"user","content":"{{prompt}}"}]}""";

        using var counted = await SendAsync(key, "v1/messages/count_tokens", body);

        counted.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(counted)).GetProperty("input_tokens").GetInt64().ShouldBeGreaterThan(128_000);
    }

    [Fact]
    public async Task RouteList_CannotBeLeftByAModelLineInThePrompt()
    {
        var key = await MakeAsync(new KeyRules { Routes = ["auto"] });

        using var refused = await ChatAsync(key, "auto", prompt: "/model claude-opus-4-5\\nHello");

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task ModelList_BoundsWhatARouteMayChoose_FallbacksToo()
    {
        var key = await MakeAsync(new KeyRules { Models = ["gpt-4o-mini"] });
        var large = """{"model":"auto","messages":[{"role":"user","content":"Design a system."}]}""";

        using var answer = await SendAsync(key, "v1/chat/completions", large, ("x-wye-step-kind", "design"));

        Header(answer, "x-wye-model").ShouldBe("gpt-4o-mini");
        await ShouldBeRefusedAsync(key, "gpt-4o");
        (await ChatAsync(key, "cheap")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ListedAsync(key)).ShouldBe(["auto", "guess", "cheap", "gpt-4o-mini"]);
    }

    private async Task ShouldBeRefusedAsync(string key, string model)
    {
        using var refused = await ChatAsync(key, model);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden, model);
        (await JsonAsync(refused)).GetProperty("error").GetProperty("code").GetString().ShouldBe("model_not_allowed");
    }

    private async Task<List<string>> ListedAsync(string key)
    {
        using var answer = await SendAsync(key, "v1/models", null);
        return
        [
            .. (await JsonAsync(answer))
                .GetProperty("data")
                .EnumerateArray()
                .Select(one => one.GetProperty("id").GetString()!),
        ];
    }

    private async Task<AuthenticatedKey> EndedAsync(string key)
    {
        gateway.Host.Services.GetRequiredService<KeyRing>().TryAuthenticate(key, out var caller).ShouldBeTrue();
        for (var i = 0; i < 500 && caller.State!.Limiter.Running > 0; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Token);
        }

        caller.State!.Limiter.Running.ShouldBe(0);
        return caller;
    }

    private async Task<string> MakeAsync(KeyRules rules)
    {
        var made = await gateway
            .Host.Services.GetRequiredService<KeyDesk>()
            .CreateAsync(KeyActor.Local, new KeyDraft { Name = "limited", Rules = rules }, Token);
        return made.Text!.Reveal();
    }

    private Task<HttpResponseMessage> ChatAsync(
        string key,
        string model = "auto",
        bool stream = false,
        string prompt = "hello",
        bool headersOnly = false
    ) =>
        SendAsync(
            key,
            "v1/chat/completions",
            $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"max_tokens":100,"messages":[{"role":"user","content":"{{prompt}}"}]}""",
            headersOnly: headersOnly
        );

    private async Task<HttpResponseMessage> SendAsync(
        string key,
        string path,
        string? body,
        (string Name, string Value)? header = null,
        bool headersOnly = false
    )
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (header is { } extra)
        {
            request.Headers.Add(extra.Name, extra.Value);
        }

        var how = headersOnly ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead;
        return await gateway.Http.SendAsync(request, how, Token);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return json.RootElement.Clone();
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.First() : null;

    /// <summary>A gateway in which no time passes between two calls, so that what is left of a limit's minute is exact.</summary>
    public sealed class StillGateway : GatewayFixture
    {
        protected override TimeProvider Time { get; } = new StillStopwatch();
    }

    // Timers and the date go on: only spans measured between two moments are zero.
    private sealed class StillStopwatch : TimeProvider
    {
        private readonly long _start = System.GetTimestamp();

        public override long GetTimestamp() => _start;
    }
}
