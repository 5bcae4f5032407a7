using Wye.Cli.Gateways;
using Wye.Cli.Http;
using Wye.Simulator;

namespace Wye.Cli.Demo;

/// <summary>A Simulator and a gateway in front of it, both in this process, talking HTTP over loopback.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private const string UpstreamVariable = "WYE_DEMO_UPSTREAM";
    private const string KeyVariable = "WYE_DEMO_KEY";

    private readonly HttpMessageInvoker _http = WyeClient.NewTransport();

    private DemoWorld(SimulatorServer simulator, LocalGateway gateway)
    {
        Simulator = simulator;
        Gateway = gateway;
        Client = new WyeClient(gateway.Address, gateway.FirstKey, _http);
    }

    /// <summary>The upstream.</summary>
    public SimulatorServer Simulator { get; }

    /// <summary>The gateway, with a fresh ledger.</summary>
    public LocalGateway Gateway { get; }

    /// <summary>A client of the gateway.</summary>
    public WyeClient Client { get; }

    /// <summary>Starts both on free ports.</summary>
    /// <param name="context">The command's surroundings.</param>
    /// <param name="prompts">Prompts whose difficulty the Simulator shall know.</param>
    /// <param name="latencyScale">Factor on usual model latencies; 0 = none.</param>
    /// <param name="route">The route that is shown; a cascade gets answers with something to check.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<DemoWorld> StartAsync(
        CliContext context,
        IEnumerable<DemoPrompt> prompts,
        double latencyScale,
        string route,
        CancellationToken cancellationToken
    )
    {
        var simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions
            {
                LatencyScale = latencyScale,
                FlawShare = route == DemoPolicies.Cascade ? DemoPolicies.FlawShare : 0,
                Time = context.Time,
                Difficulties = prompts.ToDictionary(
                    prompt => prompt.Text,
                    prompt => prompt.DifficultyValue,
                    StringComparer.Ordinal
                ),
            },
            cancellationToken
        );
        DemoJudge.Play(simulator);
        try
        {
            var upstream = new Uri(simulator.Address, "v1").ToString();
            var surroundings = context with
            {
                // The demo is the same everywhere: nothing of the user's environment reaches it.
                Environment = name =>
                    name switch
                    {
                        UpstreamVariable => upstream,
                        KeyVariable => "simulated",
                        _ => null,
                    },
            };
            var gateway = await LocalGateway.StartTemporaryAsync(surroundings, null, Config(), cancellationToken);
            return new DemoWorld(simulator, gateway);
        }
        catch
        {
            await simulator.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Gateway.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    /// <summary>The text of <c>demo.yaml</c>.</summary>
    internal static string Config()
    {
        using var stream = typeof(DemoWorld).Assembly.GetManifestResourceStream("demo.yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
