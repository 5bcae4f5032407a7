using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wye.Access;
using Wye.Access.Desk;

namespace Wye.Gateway.Http;

/// <summary>Which envelope an error has where no model is called: that of the caller's dialect.</summary>
public sealed class EnvelopeTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string WrongKey = "sk-wye-0000000000000000-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "v1/models", null, 401, "authentication_error")]
    [InlineData("GET", "v1/models", WrongKey, 401, "authentication_error")]
    [InlineData("GET", "v1/models/none", "", 404, "not_found_error")]
    [InlineData("POST", "v1/models", "", 405, "invalid_request_error")]
    [InlineData("POST", "v1/feedback", WrongKey, 401, "authentication_error")]
    [InlineData("GET", "v1/feedback", "", 405, "invalid_request_error")]
    [InlineData("GET", "v1/none", "", 404, "not_found_error")]
    public async Task WhoSendsAnthropicVersion_HasAnthropicsEnvelope_AndEverybodyElseOpenAis(
        string method,
        string path,
        string? key,
        int status,
        string type
    )
    {
        await ShouldBeAnthropicsAsync(method, path, key, version: true, status, type);
        await ShouldBeOpenAisAsync(method, path, key, version: false, status);
    }

    [Theory]
    [InlineData("POST", "v1/messages", null, 401, "authentication_error")]
    [InlineData("PUT", "v1/messages", "", 405, "invalid_request_error")]
    [InlineData("GET", "v1/messages", "", 405, "invalid_request_error")]
    [InlineData("GET", "V1/Messages", WrongKey, 401, "authentication_error")]
    [InlineData("GET", "v1/messages/count_tokens", "", 405, "invalid_request_error")]
    [InlineData("POST", "v1/messages/foo", "", 404, "not_found_error")]
    [InlineData("POST", "v1/messages/batches", "", 404, "not_found_error")]
    public async Task BelowMessages_TheEnvelopeIsAnthropics_WhateverIsSent(
        string method,
        string path,
        string? key,
        int status,
        string type
    )
    {
        await ShouldBeAnthropicsAsync(method, path, key, version: false, status, type);
        await ShouldBeAnthropicsAsync(method, path, key, version: true, status, type);
    }

    [Theory]
    [InlineData("POST", "v1/chat/completions", 401)]
    [InlineData("POST", "v1/responses", 401)]
    [InlineData("GET", "v1/messagesfoo", 401)]
    public async Task AnEndpointThatSpeaksOpenAis_StaysWithIt(string method, string path, int status) =>
        await ShouldBeOpenAisAsync(
            method,
            path,
            WrongKey,
            version: !path.EndsWith("foo", StringComparison.Ordinal),
            status
        );

    [Theory]
    [InlineData("v1/feedback", 16_384)]
    [InlineData("admin/keys", 65_536)]
    public async Task ABodyAboveAFixedLimit_IsToldTheLimit_AndOfNoSetting(string path, int limit)
    {
        using var fits = await SendAsync("POST", path, "", version: false, new string(' ', limit - 1) + "[");
        fits.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var larger = await SendAsync("POST", path, "", version: false, new string(' ', limit) + "[");
        larger.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await JsonAsync(larger))
            .GetProperty("error")
            .GetProperty("message")
            .GetString()
            .ShouldBe($"The request body is larger than {limit} bytes, the most that this path takes. Send less.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LimitsAtFeedback_AreToldInTheCallersDialect(bool anthropic)
    {
        var made = await gateway
            .Host.Services.GetRequiredService<KeyDesk>()
            .CreateAsync(KeyActor.Local, new KeyDraft { Rules = new KeyRules { RequestsPerMinute = 1 } }, Token);
        var key = made.Text!.Reveal();
        var (own, other) = anthropic
            ? ("anthropic-ratelimit-requests-limit", "x-ratelimit-limit-requests")
            : ("x-ratelimit-limit-requests", "anthropic-ratelimit-requests-limit");
        foreach (var status in new[] { HttpStatusCode.BadRequest, HttpStatusCode.TooManyRequests })
        {
            using var answer = await SendAsync("POST", "v1/feedback", key, anthropic);
            answer.StatusCode.ShouldBe(status);
            answer.Headers.GetValues(own).ShouldBe(["1"]);
            answer.Headers.Contains(other).ShouldBeFalse();
            (await JsonAsync(answer)).TryGetProperty("type", out _).ShouldBe(anthropic);
        }
    }

    private async Task ShouldBeAnthropicsAsync(
        string method,
        string path,
        string? key,
        bool version,
        int status,
        string type
    )
    {
        using var answer = await SendAsync(method, path, key, version);
        ((int)answer.StatusCode).ShouldBe(status);
        var json = await JsonAsync(answer);
        json.GetProperty("type").GetString().ShouldBe("error");
        json.GetProperty("error").GetProperty("type").GetString().ShouldBe(type);
        json.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        json.GetProperty("error").TryGetProperty("code", out _).ShouldBeFalse();
        answer.Headers.Contains("x-wye-request-id").ShouldBeTrue();
    }

    private async Task ShouldBeOpenAisAsync(string method, string path, string? key, bool version, int status)
    {
        using var answer = await SendAsync(method, path, key, version);
        ((int)answer.StatusCode).ShouldBe(status);
        var json = await JsonAsync(answer);
        json.TryGetProperty("type", out _).ShouldBeFalse();
        json.GetProperty("error").GetProperty("code").GetString().ShouldNotBeNullOrEmpty();
    }

    // Null = no key; empty = the admin key.
    private async Task<HttpResponseMessage> SendAsync(
        string method,
        string path,
        string? key,
        bool version,
        string body = "{}"
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(gateway.Host.Address, path));
        request.Content = method is "GET" ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key is "" ? gateway.Key : key);
        }

        if (version)
        {
            request.Headers.Add("anthropic-version", "2023-06-01");
        }

        using var http = new HttpClient();
        return await http.SendAsync(request, Token);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return json.RootElement.Clone();
    }
}
