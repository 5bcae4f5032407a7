using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
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
    [InlineData("v1/responses/input_tokens", true)]
    [InlineData("v1/responses/compact", true)]
    [InlineData("V1/Responses/Compact", false)]
    public async Task WhatOpenAiHasBelowResponses_AndTheGatewayHasNot_IsAnUnknownEndpoint(string path, bool version)
    {
        var keys = gateway.Host.Services.GetRequiredService<KeyRing>();
        var caller = (await keys.CreateAsync(AccessRole.DataPlane, Token)).Reveal();
        foreach (var key in (string[])[caller, ""])
        {
            await ShouldBeOpenAisAsync("POST", path, key, version, 404);
            using var answer = await SendAsync("POST", path, key, version, """{"model":"gpt-4o","input":"Hi"}""");
            var error = (await JsonAsync(answer)).GetProperty("error");
            error.GetProperty("code").GetString().ShouldBe("unknown_endpoint");
            error.GetProperty("message").GetString()!.ShouldContain($"There is no /{path} here");
            answer.Headers.GetValues("x-wye-why").ShouldBe(["rejected: unknown_endpoint"]);
        }

        await ShouldBeOpenAisAsync("GET", path, caller, version, 404);
        await ShouldBeOpenAisAsync("POST", path, WrongKey, version, 401);
        await ShouldBeOpenAisAsync("POST", "v1/responses/resp_1", "", version: false, 405);
    }

    [Theory]
    [InlineData("POST", "v1/images/generations", 404, "unknown_endpoint")]
    [InlineData("GET", "v1/files", 404, "unknown_endpoint")]
    [InlineData("GET", "v1/chat/completions", 405, "method_not_allowed")]
    [InlineData("PUT", "admin/keys", 405, "method_not_allowed")]
    public async Task WhatTheGatewayHasNot_IsToldToAnyKey_AndToNobodyElse(
        string method,
        string path,
        int status,
        string code
    )
    {
        var keys = gateway.Host.Services.GetRequiredService<KeyRing>();
        foreach (var role in (AccessRole[])[AccessRole.DataPlane, AccessRole.Viewer, AccessRole.Admin])
        {
            var key = (await keys.CreateAsync(role, Token)).Reveal();
            using var answer = await SendAsync(method, path, key, version: false, "{}");
            ((int)answer.StatusCode).ShouldBe(status, role.ToString());
            (await JsonAsync(answer)).GetProperty("error").GetProperty("code").GetString().ShouldBe(code);
        }

        await ShouldBeOpenAisAsync(method, path, WrongKey, version: false, 401);
    }

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
    [InlineData("v1/chat/completions", "gzip", "unsupported_encoding")]
    [InlineData("v1/messages", "br", null)]
    [InlineData("v1/responses", "zstd", "unsupported_encoding")]
    [InlineData("admin/keys", "gzip", "unsupported_encoding")]
    public async Task ACompressedBody_IsRefusedByItsEncoding(string path, string encoding, string? code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new ByteArrayContent([0x1F, 0x8B, 0x08]) { Headers = { ContentEncoding = { encoding } } };
        using var answer = await gateway.Http.SendAsync(request, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        var error = (await JsonAsync(answer)).GetProperty("error");
        error.GetProperty("message").GetString()!.ShouldContain($"'{encoding}'");
        (error.TryGetProperty("code", out var said) ? said.GetString() : null).ShouldBe(code);
    }

    [Theory]
    [InlineData("v1/chat/completions")]
    [InlineData("v1/messages")]
    [InlineData("admin/keys")]
    public async Task ABodyThatBreaksTheProtocol_IsRefusedInTheEnvelope(string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Host.Address.Host, gateway.Host.Address.Port, Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {gateway.Key}\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"
            ),
            Token
        );
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(Token);
        answer.ShouldStartWith("HTTP/1.1 400 ");
        answer.ShouldContain("x-wye-why: rejected: broken_body");
        answer.ShouldContain("\"type\":\"invalid_request_error\"");
    }

    [Theory]
    [InlineData("vendor/small")]
    [InlineData("vendor%2Fsmall")]
    [InlineData("vendor%2fsmall")]
    public async Task AModelWithASlashInItsName_IsFoundHoweverTheSlashIsSent(string name)
    {
        await using var host = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigText = $$"""
                providers: { sim: { dialect: openai, base_url: "{{gateway.Simulator.Address}}v1", key: sk-simulated } }
                models: { vendor/small: { deployments: [{ provider: sim }], context: 8000, max_output: 800, price: free } }
                """,
                DataFolder = Directory.CreateTempSubdirectory("wye-test-").FullName,
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = _ => null,
            },
            Token
        );
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{host.Address}v1/models/{name}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.FirstAdminKey);
        using var answer = await http.SendAsync(request, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(answer)).GetProperty("id").GetString().ShouldBe("vendor/small");
    }

    [Theory]
    [InlineData("nothing", "", "model_not_found", "model")]
    [InlineData("gpt-4o", "\"max_tokens\":17000,", "max_tokens_too_large", "max_tokens")]
    public async Task Route_RefusesInTheEnvelopeOfAnAnswer(string model, string members, string code, string param)
    {
        var body = $$"""{"model":"{{model}}",{{members}}"messages":[{"role":"user","content":"Hi"}]}""";
        using var asked = await SendAsync("POST", "v1/route", "", version: false, body);
        using var called = await SendAsync("POST", "v1/chat/completions", "", version: false, body);

        asked.StatusCode.ShouldBe(called.StatusCode);
        var error = (await JsonAsync(asked)).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("param").GetString().ShouldBe(param);
        error.GetProperty("kind").GetString().ShouldNotBeNullOrEmpty();
        foreach (var member in (await JsonAsync(called)).GetProperty("error").EnumerateObject())
        {
            error.GetProperty(member.Name).GetRawText().ShouldBe(member.Value.GetRawText());
        }
    }

    [Theory]
    [InlineData("gpt-4o", "explicit")]
    [InlineData("cheap", "explicit")]
    [InlineData("auto", "auto")]
    public async Task Route_NamesTheRouteAsAnAnswerDoes(string model, string route)
    {
        var body = $$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hi"}]}""";
        foreach (var path in (string[])["v1/route", "v1/chat/completions"])
        {
            using var answer = await SendAsync("POST", path, "", version: false, body);
            answer.Headers.GetValues("x-wye-route").ShouldBe([route], path);
        }
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
