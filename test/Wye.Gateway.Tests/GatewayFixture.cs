using System.Net.Http.Headers;
using Wye.Simulator;

namespace Wye.Gateway;

/// <summary>A simulator and a gateway in front of it, on free loopback ports, with a fresh data folder.</summary>
public class GatewayFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wye-test-").FullName;

    public SimulatorServer Simulator { get; private set; } = null!;

    public GatewayHost Host { get; private set; } = null!;

    public string Key => Host.FirstAdminKey!;

    public HttpClient Http { get; private set; } = null!;

    public static string Config(Uri simulator) =>
        $$"""
            providers:
              sim: { dialect: openai, base_url: "{{simulator}}v1", key: sk-simulated }
            models:
              gpt-4o-mini: { retires_on: never, deployments: [{ provider: sim }] }
              gpt-4o: { retires_on: never, deployments: [{ provider: sim }] }
              claude-opus-4-5: { retires_on: never, deployments: [{ provider: sim }] }
            tiers:
              - { name: small, models: [gpt-4o-mini] }
              - { name: medium, models: [gpt-4o] }
              - { name: large, models: [claude-opus-4-5] }
            aliases: { cheap: gpt-4o-mini }
            routes:
              auto: { policies: [static], allow_model_directive: true }
              guess: { policies: [heuristic] }
            """;

    /// <summary>The configuration of this one.</summary>
    protected virtual string ConfigOf(Uri simulator) => Config(simulator);

    /// <summary>The clock of the gateway.</summary>
    protected virtual TimeProvider Time => TimeProvider.System;

    public async ValueTask InitializeAsync()
    {
        Simulator = await SimulatorServer.StartAsync(new SimulatorOptions(), CancellationToken.None);
        Host = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigText = ConfigOf(Simulator.Address),
                DataFolder = _folder,
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = _ => null,
                Time = Time,
            },
            CancellationToken.None
        );
        Http = new HttpClient { BaseAddress = Host.Address };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        await Simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
