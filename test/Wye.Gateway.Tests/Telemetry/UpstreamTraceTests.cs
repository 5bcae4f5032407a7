using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Wye.Gateway.Telemetry;

/// <summary>A provider learns of the caller's trace only where the host says so.</summary>
public sealed class UpstreamTraceTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    public async Task Provider_GetsTheTraceOnlyIfThatIsSwitchedOn(string? pass)
    {
        using var spans = new SpanRecorder();
        var headers = new ConcurrentQueue<IHeaderDictionary>();
        await using var upstream = await UpstreamAsync(headers);
        var folder = Directory.CreateTempSubdirectory("wye-trace-");
        await using var gateway = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigText = GatewayFixture.Config(new Uri(upstream.Urls.First())),
                DataFolder = folder.FullName,
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = name => name == GatewayTelemetry.PassTraceVariable ? pass : null,
            },
            Token
        );
        using var http = new HttpClient { BaseAddress = gateway.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gateway.FirstAdminKey);
        http.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        http.DefaultRequestHeaders.Add("tracestate", "vendor=1");

        using var response = await http.PostAsJsonAsync(
            "v1/chat/completions",
            new { model = "auto", messages = new[] { new { role = "user", content = "Hi." } } },
            Token
        );

        response.IsSuccessStatusCode.ShouldBeTrue();
        var sent = headers.ShouldHaveSingleItem();
        var call = spans.All.Single(span =>
            span.TraceId.ToString() == Trace && span.Kind == System.Diagnostics.ActivityKind.Client
        );
        sent.TraceParent.ToString().ShouldBe(pass is null ? "" : $"00-{Trace}-{call.SpanId}-01");
        sent.TraceState.ToString().ShouldBe(pass is null ? "" : "vendor=1");
    }

    private static async Task<WebApplication> UpstreamAsync(ConcurrentQueue<IHeaderDictionary> headers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost(
            "/v1/chat/completions",
            (HttpContext http) =>
            {
                headers.Enqueue(new HeaderDictionary(http.Request.Headers.ToDictionary()));
                return Results.Text(
                    """{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"Hi."},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":2}}""",
                    "application/json"
                );
            }
        );
        await app.StartAsync();
        return app;
    }
}
