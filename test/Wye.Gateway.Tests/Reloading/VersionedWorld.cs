using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Wye.Ledger;
using Wye.Simulator;
using Wye.Simulator.Models;

namespace Wye.Gateway.Reloading;

/// <summary>
/// A gateway over three upstreams that share nothing: each has an own address, key, model name and price. A call that took
/// one part from one version of the configuration and another part from another is refused there, or billed otherwise.
/// </summary>
internal sealed class VersionedWorld : IAsyncDisposable
{
    public const int Upstreams = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("wye-reload-").FullName;
    private readonly List<SimulatorServer> _upstreams = [];

    public IReadOnlyList<SimulatorServer> Simulators => _upstreams;

    public GatewayHost Host { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public ConfigReloader Reloader => Host.Services.GetRequiredService<ConfigReloader>();

    public ILedgerStore Ledger => Host.Services.GetRequiredService<ILedgerStore>();

    public string ConfigPath => Path.Combine(_folder, "wye.yaml");

    public static async Task<VersionedWorld> StartAsync(TextWriter? notices = null, TimeProvider? time = null)
    {
        var world = new VersionedWorld();
        for (var i = 0; i < Upstreams; i++)
        {
            world._upstreams.Add(
                await SimulatorServer.StartAsync(
                    new SimulatorOptions
                    {
                        ApiKeys = new HashSet<string>(StringComparer.Ordinal) { $"key-{i}" },
                        Models =
                        [
                            new SimulatedModel
                            {
                                Name = $"up-{i}",
                                Skill = 0.5,
                                Prices = TokenPrices.PerMillion(1 + i, 10 + i),
                            },
                        ],
                    },
                    CancellationToken.None
                )
            );
        }

        await world.WriteAsync(world.Config(0));
        world.Host = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigPath = world.ConfigPath,
                DataFolder = Path.Combine(world._folder, "data"),
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = _ => null,
                Notices = notices,
                Time = time ?? TimeProvider.System,
            },
            CancellationToken.None
        );
        world.Http = new HttpClient { BaseAddress = world.Host.Address };
        world.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            world.Host.FirstAdminKey
        );
        return world;
    }

    /// <summary>Everything about one upstream, under names that all versions share where they can.</summary>
    public string Config(int upstream, string more = "") =>
        $$"""
            providers:
              sim: { base_url: "{{_upstreams[upstream].Address}}v1", key: key-{{upstream}} }
            models:
              m:
                context: 8192
                max_output: 1024
                price: { input: {{1 + upstream}}, output: {{10 + upstream}} }
                deployments: [{ provider: sim, upstream: up-{{upstream}} }]
            tiers: [{ name: only, models: [m] }]
            {{more}}
            """;

    /// <summary>Puts another file in its place, whole.</summary>
    public async Task WriteAsync(string text)
    {
        var next = Path.Combine(_folder, "next");
        await File.WriteAllTextAsync(next, text);
        File.Move(next, ConfigPath, overwrite: true);
    }

    public Task<HttpResponseMessage> ReloadAsync() => Http.PostAsync("admin/reload", null);

    public Task<HttpResponseMessage> ChatAsync(int number, bool stream)
    {
        var body =
            $$"""{"model":"auto","messages":[{"role":"user","content":"Say something short ({{number}})."}],"stream":{{(stream ? "true" : "false")}}}""";
        return Http.PostAsync("v1/chat/completions", new StringContent(body, Encoding.UTF8, "application/json"));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        foreach (var upstream in _upstreams)
        {
            await upstream.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
