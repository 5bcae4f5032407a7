using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Wye.Load;

/// <summary>An upstream that answers like a model: after 50 ms, whole or in chunks 20 ms apart, each with its time of leaving.</summary>
internal static class PacedUpstream
{
    /// <summary>Chunks of a stream.</summary>
    public const int Chunks = 50;

    /// <summary>Stands before the monotonic clock in every chunk; a semicolon after it.</summary>
    public const string Mark = "sent=";

    private const string Whole = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1750000000,"model":"paced","choices":[{"index":0,"message":{"role":"assistant","content":"Add the index, then watch the next run."},"finish_reason":"stop"}],"usage":{"prompt_tokens":250,"completion_tokens":12,"total_tokens":262}}
        """;

    private const string Last = """
        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1750000000,"model":"paced","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1750000000,"model":"paced","choices":[],"usage":{"prompt_tokens":250,"completion_tokens":50,"total_tokens":300}}

        data: [DONE]


        """;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(int port)
    {
        // A host watches its content root, all folders below it: not where the gateway writes its ledger.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.RunAsync();
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        await Task.Delay(First, TimeProvider.System);
        if (!body.Contains("\"stream\":true", StringComparison.Ordinal))
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = Whole.Length;
            await http.Response.WriteAsync(Whole);
            return;
        }

        http.Response.ContentType = "text/event-stream";
        for (var i = 0; i < Chunks; i++)
        {
            if (i > 0)
            {
                await Task.Delay(Between, TimeProvider.System);
            }

            await http.Response.WriteAsync(Chunk());
            await http.Response.Body.FlushAsync();
        }

        await http.Response.WriteAsync(Last);
    }

    private static string Chunk() =>
        "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1750000000,\"model\":\"paced\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" "
        + string.Create(CultureInfo.InvariantCulture, $"{Mark}{TimeProvider.System.GetTimestamp()};")
        + "\"},\"finish_reason\":null}]}\n\n";
}
