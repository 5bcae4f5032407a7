using System.Text.Json;

namespace Wye.Gateway;

/// <summary>Asks whether a local Ollama answers, and which models it has.</summary>
public static class OllamaProbe
{
    private static readonly Uri Tags = new("http://127.0.0.1:11434/api/tags");
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    /// <summary>Names of its models; null = none answers within 300 ms.</summary>
    public static async Task<IReadOnlyList<string>?> FindModelsAsync(
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var invoker = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                ConnectTimeout = Limit,
            }
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, Tags);
        try
        {
            using var response = await invoker.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode)
            {
                return null;
            }

            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: either.Token);
            return
            [
                .. json
                    .RootElement.GetProperty("models")
                    .EnumerateArray()
                    .Select(model => model.GetProperty("name").GetString()!),
            ];
        }
        catch (Exception fault)
            when (fault
                    is HttpRequestException
                        or IOException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return null;
        }
    }
}
