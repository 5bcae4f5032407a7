using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Wye.Hosting;
using Wye.Hosting.Configuration;
using Wye.Hosting.Configuration.Routes;
using Wye.Ledger;

namespace Wye.Extensions.AI;

/// <summary>Wye as a chat client whose providers are chat clients, configured in code: <c>cheap</c> first, <c>dear</c> after it fails.</summary>
internal sealed class HostedFake : IAsyncDisposable
{
    private readonly ServiceProvider _host;

    public HostedFake(LedgerChoice? ledger = null)
    {
        var services = new ServiceCollection();
        services
            .AddWye(Config, ledger ?? LedgerChoice.InMemory())
            .AddWyeProvider("cheap", Cheap)
            .AddWyeProvider("dear", _ => Dear)
            .AddWyeChatClient(new WyeChatClientOptions { Key = "team" });
        _host = services.BuildServiceProvider();
    }

    public static WyeConfig Config { get; } =
        new()
        {
            Providers =
            [
                new ProviderConfig { Name = "cheap", Dialect = "in-process" },
                new ProviderConfig { Name = "dear", Dialect = "in-process" },
            ],
            Models = [Served("gpt-4o-mini", "cheap"), Served("gpt-4o", "dear")],
            Tiers =
            [
                new TierConfig { Name = "small", Models = ["gpt-4o-mini"] },
                new TierConfig { Name = "large", Models = ["gpt-4o"] },
            ],
            Routes =
            [
                new RouteConfig
                {
                    Name = "auto",
                    Policies = ["static"],
                    Tier = "small",
                },
            ],
        };

    public FakeChatClient Cheap { get; } = new();

    public FakeChatClient Dear { get; } = new();

    public IChatClient Client => _host.GetRequiredService<IChatClient>();

    public ILedgerStore Ledger => _host.GetRequiredService<ILedgerStore>();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static ModelConfig Served(string model, string provider) =>
        new()
        {
            Name = model,
            NeverRetires = true,
            Deployments = [new DeploymentConfig { Provider = provider }],
        };
}
