using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Wye.Cli.Http;

/// <summary>Talks to a gateway as any client would. Thread-safe.</summary>
/// <param name="address">Base address of the gateway, without <c>/v1</c>.</param>
/// <param name="key">Key to send; null = none.</param>
/// <param name="http">The transport; not disposed here.</param>
internal sealed class WyeClient(Uri address, string? key, HttpMessageInvoker http)
{
    /// <summary>A transport with its own connections.</summary>
    public static HttpMessageInvoker NewTransport() =>
        new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) });

    /// <summary>Sends a chat and reads the whole answer.</summary>
    /// <param name="ask">What to send.</param>
    /// <param name="onText">Told each piece of a streamed answer; null = not wanted.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<ChatAnswer> ChatAsync(ChatAsk ask, Action<string>? onText, CancellationToken cancellationToken)
    {
        using var response = await SendAsync("v1/chat/completions", ask, cancellationToken);
        var head = Head(response);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (head.Succeeded && response.Content.Headers.ContentType?.MediaType is "text/event-stream")
        {
            return await ChatStream.ReadAsync(body, head, onText, cancellationToken);
        }

        using var json = await ParseAsync(body, cancellationToken);
        return head.Succeeded
            ? head with
            {
                Text = ReplyText(json.RootElement),
            }
            : head with
            {
                Error = ErrorText(json.RootElement, head.Status),
            };
    }

    /// <summary>Asks for the plan only: nothing is called. The decision, refusals too; dispose it.</summary>
    /// <exception cref="CliFailureException">The server did not decide: no key, a broken request.</exception>
    public async Task<JsonDocument> RouteAsync(ChatAsk ask, CancellationToken cancellationToken)
    {
        using var response = await SendAsync("v1/route", ask, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var json = await ParseAsync(body, cancellationToken);
        if (response.IsSuccessStatusCode || json.RootElement.TryGetProperty("candidates", out _))
        {
            return json;
        }

        using (json)
        {
            throw new CliFailureException(ErrorText(json.RootElement, (int)response.StatusCode));
        }
    }

    /// <summary>Reads a JSON page, e.g. <c>admin/requests/ID</c>; dispose it.</summary>
    /// <exception cref="CliFailureException">The server refused.</exception>
    public async Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, path);
        using var response = await http.SendAsync(request, cancellationToken);
        return await ReadJsonAsync(response, cancellationToken);
    }

    /// <summary>Sends a JSON body, empty = none, and reads the JSON answer; dispose it.</summary>
    /// <exception cref="CliFailureException">The server refused.</exception>
    public async Task<JsonDocument> SendAsync(
        HttpMethod method,
        string path,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        using var request = Request(method, path);
        if (!body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var response = await http.SendAsync(request, cancellationToken);
        return await ReadJsonAsync(response, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, ChatAsk ask, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, path);
        request.Content = new ByteArrayContent(ChatBody.Write(ask));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in ask.Headers)
        {
            request.Headers.Add(name, value);
        }

        return await http.SendAsync(request, cancellationToken);
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(address, path));
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return request;
    }

    private static async Task<JsonDocument> ReadJsonAsync(
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var json = await ParseAsync(body, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return json;
        }

        var error = ErrorText(json.RootElement, (int)response.StatusCode);
        json.Dispose();
        throw new CliFailureException(error);
    }

    private static async Task<JsonDocument> ParseAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            return JsonDocument.Parse("{}");
        }
    }

    private static ChatAnswer Head(HttpResponseMessage response) =>
        new()
        {
            Status = (int)response.StatusCode,
            RequestId = Header(response, "x-wye-request-id") ?? "",
            Model = Header(response, "x-wye-model") ?? "",
            Route = Header(response, "x-wye-route") ?? "",
            Why = Header(response, "x-wye-why") ?? "",
            Attempts = int.TryParse(Header(response, "x-wye-attempts"), CultureInfo.InvariantCulture, out var n)
                ? n
                : 0,
            Cost = ChatAnswer.Dollars(Header(response, "x-wye-cost-usd")),
            Saved = ChatAnswer.Dollars(Header(response, "x-wye-saved-usd")),
        };

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static string ReplyText(JsonElement root) =>
        root.TryGetProperty("choices", out var choices)
        && choices.GetArrayLength() > 0
        && choices[0].TryGetProperty("message", out var message)
        && message.TryGetProperty("content", out var content)
            ? content.GetString() ?? ""
            : "";

    private static string ErrorText(JsonElement root, int status) =>
        root.TryGetProperty("error", out var error) && error.TryGetProperty("message", out var message)
            ? message.GetString() ?? $"the gateway answered {status}"
            : $"the gateway answered {status}";
}
