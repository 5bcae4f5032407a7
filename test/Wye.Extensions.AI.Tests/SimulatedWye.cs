using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Wye.Hosting;
using Wye.Ledger;
using Wye.Simulator;
using Wye.Testing;
using Wye.Yaml;

namespace Wye.Extensions.AI;

/// <summary>Wye as a chat client in front of a Simulator over real HTTP.</summary>
public sealed class SimulatedWye : IAsyncLifetime
{
    public SimulatorServer Simulator { get; private set; } = null!;

    public WyeChatClient Client { get; private set; } = null!;

    public MemoryLedgerStore Ledger { get; } = new();

    public static string Config(Uri simulator) =>
        $$"""
            providers:
              sim: { dialect: openai, base_url: "{{simulator}}v1", key: sk-simulated }
              other: { dialect: anthropic, base_url: "{{simulator}}v1", key: sk-simulated }
            models:
              gpt-4o-mini: { retires_on: never, deployments: [{ provider: sim }] }
              gpt-4o: { retires_on: never, deployments: [{ provider: sim }] }
              claude-haiku-4-5: { retires_on: never, deployments: [{ provider: other }] }
              claude-opus-4-5: { retires_on: never, deployments: [{ provider: sim }] }
            tiers:
              - { name: small, models: [gpt-4o-mini, claude-haiku-4-5] }
              - { name: medium, models: [gpt-4o] }
              - { name: large, models: [claude-opus-4-5] }
            routes:
              auto: { policies: [static] }
            """;

    public async ValueTask InitializeAsync()
    {
        Simulator = await SimulatorServer.StartAsync();
        Client = WyeChatClient.Create(services =>
            services.AddSingleton<ILedgerStore>(Ledger).AddWyeText(Config(Simulator.Address), LedgerChoice.Registered)
        );
    }

    /// <summary>One whose faults disturb no other test.</summary>
    public static async Task<SimulatedWye> StartAsync()
    {
        var own = new SimulatedWye();
        await own.InitializeAsync();
        return own;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Simulator.DisposeAsync();
    }
}
