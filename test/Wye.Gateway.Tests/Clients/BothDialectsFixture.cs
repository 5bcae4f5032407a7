using System.Text;
using Wye.Simulator;

namespace Wye.Gateway.Clients;

/// <summary>A gateway in front of one upstream per dialect, on free loopback ports, with a fresh data folder.</summary>
public sealed class BothDialectsFixture : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("wye-test-").FullName;

    public SimulatorServer Simulator { get; private set; } = null!;

    public GatewayHost Host { get; private set; } = null!;

    public string Key => Host.FirstAdminKey!;

    /// <summary>Posts a body as it is; returns with the headers of the answer.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string body) =>
        _http.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Address, path))
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
                Headers = { { "x-api-key", Key } },
            },
            HttpCompletionOption.ResponseHeadersRead
        );

    public async ValueTask InitializeAsync()
    {
        Simulator = await SimulatorServer.StartAsync(new SimulatorOptions(), CancellationToken.None);
        Host = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigText = $$"""
                providers:
                  speaks-openai: { dialect: openai, base_url: "{{Simulator.Address}}v1", key: sk-simulated }
                  speaks-anthropic: { dialect: anthropic, base_url: "{{Simulator.Address}}v1", key: sk-ant-simulated }
                models:
                  gpt-4o-mini: { deployments: [{ provider: speaks-openai }] }
                  claude-haiku-4-5: { deployments: [{ provider: speaks-anthropic }] }
                tiers:
                  - { name: small, models: [gpt-4o-mini, claude-haiku-4-5] }
                routes:
                  auto: { policies: [static] }
                """,
                DataFolder = _folder,
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = _ => null,
            },
            CancellationToken.None
        );
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Host.DisposeAsync();
        await Simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
