using System.Text;

namespace Wye.Gateway.Http;

/// <summary>The request's id stands under the name where the caller's own client library looks for it.</summary>
public sealed class RequestIdTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Chat = """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hi"}]}""";
    private const string Stream =
        """{"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Hi"}]}""";
    private const string Message =
        """{"model":"gpt-4o-mini","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}""";
    private const string Messages =
        """{"model":"gpt-4o-mini","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"Hi"}]}""";

    [Theory]
    [InlineData("v1/chat/completions", Chat, 200)]
    [InlineData("v1/chat/completions", Stream, 200)]
    [InlineData("v1/chat/completions", """{"model":"gpt-4o-mini"}""", 400)]
    [InlineData("v1/chat/completions", """{"model":"none","messages":[{"role":"user","content":"Hi"}]}""", 404)]
    [InlineData("v1/completions", """{"model":"gpt-4o-mini","prompt":"Hi"}""", 200)]
    [InlineData("v1/embeddings", "{}", 400)]
    [InlineData("v1/responses", """{"model":"gpt-4o-mini","input":"Hi"}""", 200)]
    [InlineData("v1/responses", """{"model":"gpt-4o-mini","input":"Hi","stream":true}""", 200)]
    [InlineData("v1/responses", "{}", 400)]
    [InlineData("v1/route", Chat, 200)]
    [InlineData("v1/models", null, 200)]
    [InlineData("v1/models/gpt-4o-mini", null, 200)]
    [InlineData("v1/models/none", null, 404)]
    [InlineData("v1/none", null, 404)]
    public async Task InOpenAisDialect_ItIsXRequestId(string path, string? body, int status) =>
        await ShouldCarryAsync(path, body, status, version: false, "x-request-id", "request-id");

    [Theory]
    [InlineData("v1/messages", Message, 200)]
    [InlineData("v1/messages", Messages, 200)]
    [InlineData("v1/messages", "{}", 400)]
    [InlineData("v1/messages/count_tokens", Message, 200)]
    [InlineData("v1/models", null, 200)]
    [InlineData("v1/models/gpt-4o-mini", null, 200)]
    [InlineData("v1/models/none", null, 404)]
    public async Task InAnthropicsDialect_ItIsRequestId(string path, string? body, int status) =>
        await ShouldCarryAsync(path, body, status, version: true, "request-id", "x-request-id");

    private async Task ShouldCarryAsync(
        string path,
        string? body,
        int status,
        bool version,
        string name,
        string otherName
    )
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Headers.Add("x-request-id", "of-the-caller");
        if (version)
        {
            request.Headers.Add("anthropic-version", "2023-06-01");
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var answer = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Headers.GetValues(name).ShouldBe(answer.Headers.GetValues("x-wye-request-id"));
        answer.Headers.GetValues(name).ShouldNotContain("of-the-caller");
        answer.Headers.Contains(otherName).ShouldBeFalse();
    }
}
