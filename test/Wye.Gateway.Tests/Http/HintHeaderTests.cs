using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Wye.Gateway.Http;

/// <summary>What a caller may say in headers: what cannot be read is refused, and never guessed at.</summary>
public sealed class HintHeaderTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Body = """{"model":"auto","max_tokens":9,"messages":[{"role":"user","content":"hello"}]}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("x-wye-explain", "maybe", "Header x-wye-explain takes true or false.")]
    [InlineData("x-wye-explain", "", "Header x-wye-explain takes true or false.")]
    [InlineData("x-wye-quality", "0,5", "Header x-wye-quality takes a number in 0..1, e.g. 0.85.")]
    [InlineData("X-Wye-Priority", "", "Header x-wye-priority takes critical, normal or low.")]
    public async Task AHeaderThatCannotBeRead_IsNamedWithWhatItTakes(string name, string value, string message)
    {
        foreach (var path in new[] { "v1/chat/completions", "v1/messages", "v1/messages/count_tokens", "v1/route" })
        {
            using var answer = await SendAsync(path, name, value);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
            (await answer.Content.ReadAsStringAsync(Token)).ShouldContain(JsonEncodedText.Encode(message).ToString());
        }
    }

    [Theory]
    [InlineData("x-wye-explain", "true")]
    [InlineData("x-wye-quality", "0.5")]
    [InlineData("x-wye-max-cost", "1")]
    [InlineData("x-wye-tags", "a")]
    [InlineData("x-wye-session", "s")]
    public async Task AHeaderThatIsSentTwice_IsRefused(string name, string value)
    {
        // Over a bare connection: HttpClient would make one line of the two.
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Host.Address.Host, gateway.Host.Address.Port, Token);
        await using var stream = client.GetStream();
        var request =
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {Body.Length}\r\n"
            + $"Authorization: Bearer {gateway.Key}\r\n{name}: {value}\r\n{name.ToUpperInvariant()}: {value}\r\n\r\n{Body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Token);
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync(Token);

        text.ShouldStartWith("HTTP/1.1 400 ");
        text.ShouldContain($"Header {name} takes one value, not 2.");
        text.ShouldContain($"\"param\":\"{name}\"");
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    public async Task Explain_TakesTrueAndFalse(string value, bool explained)
    {
        using var answer = await SendAsync("v1/chat/completions", "x-wye-explain", value);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.Contains("x-wye-explain").ShouldBe(explained);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string name, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(Body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation(name, value);
        return await gateway.Http.SendAsync(request, Token);
    }
}
