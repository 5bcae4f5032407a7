using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Wye.Delivery;
using Wye.Health;
using Wye.Ledger;
using Wye.Simulator;

namespace Wye.Gateway.Faults;

/// <summary>A simulator whose first model goes wrong, and a real gateway in front of it.</summary>
public sealed class FaultWorld : IAsyncDisposable
{
    /// <summary>The model that is called first.</summary>
    public const string First = "gpt-4o-mini";

    /// <summary>The model that stays well; its context window is larger.</summary>
    public const string Second = "claude-haiku-4-5";

    private readonly string _folder = Directory.CreateTempSubdirectory("wye-faults-").FullName;
    private readonly RefusedAddress _refused = SimulatorServer.ReserveRefusedAddress();

    private FaultWorld() { }

    public SimulatorServer Simulator { get; private set; } = null!;

    public GatewayHost Host { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public string Key => Host.FirstAdminKey!;

    public ILedgerStore Ledger => Host.Services.GetRequiredService<ILedgerStore>();

    public HealthRegistry Health => Host.Services.GetRequiredService<HealthRegistry>();

    /// <summary>Starts both.</summary>
    /// <param name="route">More keys of the route, in YAML's short form, each with a comma behind it.</param>
    /// <param name="more">More of the file.</param>
    /// <param name="firstRefuses">Whether the first model's address refuses connections.</param>
    /// <param name="delivery">How calls are retried.</param>
    /// <param name="simulator">How the simulator behaves.</param>
    /// <param name="timeouts">More time limits, in YAML's short form, each with a comma before it.</param>
    /// <param name="leastRead">How much a caller must take; null = the default.</param>
    public static async Task<FaultWorld> StartAsync(
        string route = "",
        string more = "",
        bool firstRefuses = false,
        DeliveryOptions? delivery = null,
        SimulatorOptions? simulator = null,
        string timeouts = "",
        MinDataRate? leastRead = null
    )
    {
        var world = new FaultWorld();
        world.Simulator = await SimulatorServer.StartAsync(simulator ?? new SimulatorOptions(), CancellationToken.None);
        var provider = firstRefuses ? "dead" : "sim";
        var options = new GatewayHostOptions { DataFolder = world._folder };
        world.Host = await GatewayHost.StartAsync(
            options with
            {
                LeastRead = leastRead ?? options.LeastRead,
                ConfigText = $$"""
                providers:
                  sim: { dialect: openai, base_url: "{{world.Simulator.Address}}v1", key: sk-simulated }
                  dead: { dialect: openai, base_url: "{{world._refused.Address}}v1", key: sk-simulated }
                models:
                  {{First}}: { retires_on: never, deployments: [{ provider: {{provider}} }] }
                  {{Second}}: { retires_on: never, deployments: [{ provider: sim }] }
                tiers:
                  - { name: small, models: [{{First}}, {{Second}}] }
                routes:
                  auto: { {{route}} policies: [static], tier: small, timeouts: { first_token: 800ms, inter_token: 800ms{{timeouts}} } }
                {{more}}
                """,
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = _ => null,
                Delivery = delivery ?? new DeliveryOptions(),
            },
            CancellationToken.None
        );
        world.Http = new HttpClient { BaseAddress = world.Host.Address, Timeout = TimeSpan.FromSeconds(60) };
        world.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", world.Key);
        return world;
    }

    /// <summary>Forgets what was learned of the targets, so that the next call meets the fault again.</summary>
    public void ForgetHealth()
    {
        foreach (var (_, state) in Health.All)
        {
            state.Clear();
        }
    }

    /// <summary>Sends a call and returns with its head.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        bool stream,
        CancellationToken cancellationToken = default,
        string path = "v1/chat/completions"
    )
    {
        var body =
            $$"""{"model":"auto","max_tokens":500,"stream":{{(
                stream ? "true" : "false"
            )}},"messages":[{"role":"user","content":"Tell me of the sea."}]}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Connects and asks for a stream without a client that would hide how it ends.</summary>
    public async Task AskForStreamAsync(TcpClient socket)
    {
        await socket.ConnectAsync(Host.Address.Host, Host.Address.Port);
        var body = """{"model":"auto","stream":true,"messages":[{"role":"user","content":"Tell me of the sea."}]}""";
        var head =
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Key}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + body));
    }

    /// <summary>The newest row of the ledger with this number of rows before it; waits for it, up to a second by default.</summary>
    public async Task<LedgerRecord> RowAsync(int before, TimeSpan? patience = null)
    {
        var (since, most) = (TimeProvider.System.GetTimestamp(), patience ?? TimeSpan.FromSeconds(1));
        while (TimeProvider.System.GetElapsedTime(since) < most)
        {
            var rows = await Ledger.RecentAsync(1000, CancellationToken.None);
            if (rows.Count > before)
            {
                return (await Ledger.FindAsync(rows[0].Id, CancellationToken.None))!;
            }

            await Task.Yield();
        }

        throw new TimeoutException($"No row within {most.TotalSeconds} s.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        await Simulator.DisposeAsync();
        _refused.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
