using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Wye.Bench.Harness;
using Wye.Gateway;

namespace Wye.Bench;

/// <summary>
/// What a relayed 1 KB call allocates: a whole gateway with everything on, beside the least relay that the same server and
/// client allow. The difference is the gateway's own. Load and upstream run in this process too and allocate nothing.
/// </summary>
internal static class RelayBench
{
    private const int Callers = 16;
    private const int WarmupCalls = 4_000;
    private const int MeasuredCalls = 20_000;

    private const string Config = """
        providers: { up: { base_url: "@UPSTREAM@v1", dialect: openai, key: bench } }
        models:
          small: { deployments: [{ id: up/small, provider: up, upstream: m }], context: 128000, max_output: 4096, capabilities: [stream, tools, json], like: gpt-4o-mini, price: { input: 0.10, output: 0.40 } }
          large: { deployments: [{ id: up/large, provider: up, upstream: m }], context: 128000, max_output: 4096, capabilities: [stream, tools, json], like: claude-opus-4-5, price: { input: 3, output: 15 } }
        tiers:
          - { name: small, models: [small] }
          - { name: large, models: [large] }
        routes: { auto: { policies: [heuristic], tiers: [small, large] } }
        budgets:
          everything: { limit: 1000000, window: month }
          each-key: { scope: key, limit: 1000000, window: day }
        """;

    /// <param name="folder">Where the ledger is made.</param>
    /// <param name="output">Takes the table.</param>
    public static async Task RunAsync(string folder, TextWriter output)
    {
        using var upstream = LoopbackPeer.Answering(Answer());
        await output.WriteLineAsync(
            $"a relayed call of 1 KB, {Callers} at a time, everything on; allocated by the process"
        );
        await output.WriteLineAsync($"{"what", -34} {"bytes", 9}");
        var least = await LeastRelayAsync(upstream.Address);
        await output.WriteLineAsync($"{"least relay: server and client", -34} {least, 9:0}");
        var whole = await GatewayAsync(folder, upstream.Address);
        await output.WriteLineAsync($"{"gateway, whole", -34} {whole, 9:0}");
        await output.WriteLineAsync($"{"gateway's own code", -34} {whole - least, 9:0}");
    }

    private static async Task<double> GatewayAsync(string folder, Uri upstream)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, $"relay-{Environment.ProcessId}")).FullName;
        try
        {
            await using var gateway = await GatewayHost.StartAsync(
                new GatewayHostOptions
                {
                    ConfigText = Config.Replace("@UPSTREAM@", upstream.ToString(), StringComparison.Ordinal),
                    DataFolder = data,
                    Listen = new Uri("http://127.0.0.1:0"),
                    Environment = _ => null,
                },
                CancellationToken.None
            );
            return await MeasureAsync(gateway.Address, await KeyAsync(gateway));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    // Limits of its own, as a team's key has.
    private static async Task<string> KeyAsync(GatewayHost gateway)
    {
        using var handler = new SocketsHttpHandler();
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/admin/keys"))
        {
            Content = new StringContent(
                """{"name":"bench","rpm":10000000,"tpm":1000000000,"max_concurrent":1000,"budgets":[{"limit_usd":"1000000","per":"month","hard":true}]}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", gateway.FirstAdminKey);
        using var response = await client.SendAsync(request, CancellationToken.None);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return body.RootElement.TryGetProperty("key", out var key)
            ? key.GetString()!
            : throw new InvalidOperationException($"No key was made: {body.RootElement}");
    }

    private static async Task<double> LeastRelayAsync(Uri upstream)
    {
        var target = new Uri(upstream, "v1/chat/completions");
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        };
        using var client = new HttpMessageInvoker(handler);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(context => RelayAsync(context, client, target));
        await app.StartAsync();
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        var bytes = await MeasureAsync(new Uri(address), "none");
        await app.StopAsync();
        return bytes;
    }

    private static async Task RelayAsync(HttpContext context, HttpMessageInvoker client, Uri target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = new StreamContent(context.Request.Body),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        request.Content.Headers.ContentLength = context.Request.ContentLength;
        using var response = await client.SendAsync(request, context.RequestAborted);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = response.Content.Headers.ContentLength;
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        for (int read; (read = await body.ReadAsync(buffer, context.RequestAborted)) > 0; )
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    [SuppressMessage(
        "Major Code Smell",
        "S1215",
        Justification = "What is allocated is known exactly after a collection."
    )]
    private static async Task<double> MeasureAsync(Uri address, string key)
    {
        var request = Request(address, key);
        await Task.Run(() => LoopbackPeer.Call(address, request, Callers, WarmupCalls));
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Task.Run(() => LoopbackPeer.Call(address, request, Callers, MeasuredCalls));
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)MeasuredCalls;
    }

    private static byte[] Request(Uri address, string key)
    {
        var text = new string('x', 900);
        var body = $$"""{"model":"auto","messages":[{"role":"user","content":"{{text}}"}]}""";
        return Encoding.UTF8.GetBytes(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key}\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"
        );
    }

    private static byte[] Answer()
    {
        const string body = """
            {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Certainly: here is the answer to it."},"finish_reason":"stop"}],"usage":{"prompt_tokens":230,"completion_tokens":9,"total_tokens":239}}
            """;
        return Encoding.UTF8.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"
        );
    }
}
