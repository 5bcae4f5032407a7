using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Wye.Simulator.Answers;
using Wye.Simulator.Billing;
using Wye.Simulator.Faults;
using Wye.Simulator.Truth;
using Wye.Simulator.Wire;

namespace Wye.Simulator;

/// <summary>A running Simulator: an HTTP server on the loopback address that plays model providers and keeps its own bill.</summary>
/// <remarks>Thread-safe. Disposal closes every connection at once.</remarks>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly SimulatorCore _core;
    private readonly KestrelServer _server;
    private readonly ServiceProvider _services;

    private SimulatorServer(SimulatorCore core)
    {
        _core = core;
        _services = new ServiceCollection().BuildServiceProvider();
        var options = new KestrelServerOptions { ApplicationServices = _services, AddServerHeader = false };
        options.Limits.MaxRequestBodySize = core.Options.MaxBodyBytes;
        // Slow readers and stalls on a test clock are the tests' business, not Kestrel's.
        options.Limits.MinResponseDataRate = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Listen(IPAddress.Loopback, core.Options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        _server = new KestrelServer(
            Microsoft.Extensions.Options.Options.Create(options),
            new SocketTransportFactory(
                Microsoft.Extensions.Options.Options.Create(new SocketTransportOptions()),
                NullLoggerFactory.Instance
            ),
            NullLoggerFactory.Instance
        );
    }

    /// <summary>Base address, for example <c>http://127.0.0.1:41234/</c>; the OpenAI base is this plus <c>v1</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What was charged.</summary>
    public Bill Bill => _core.Bill;

    /// <summary>Every call that arrived.</summary>
    public CallLog Calls => _core.Calls;

    /// <summary>What goes wrong.</summary>
    public FaultScripts Faults => _core.Faults;

    /// <summary>Scripted answers.</summary>
    public AnswerScripts Answers => _core.Answers;

    /// <summary>Which answers are right.</summary>
    public GroundTruth Truth => _core.Truth;

    /// <summary>The options it was started with.</summary>
    public SimulatorOptions Options => _core.Options;

    /// <summary>Starts a Simulator.</summary>
    /// <exception cref="ArgumentException">Two models have one name, or an option is out of its range.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatorServer> StartAsync(
        SimulatorOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new SimulatorOptions();
        SimulatorOptions.Check(options);
        var simulator = new SimulatorServer(new SimulatorCore(options));
        await simulator._server.StartAsync(new Application(new Router(simulator._core)), cancellationToken);
        simulator.Address = new Uri(
            simulator._server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First() + "/"
        );
        return simulator;
    }

    /// <summary>An address that refuses connections (F05) until it is disposed; no other program can take its port meanwhile.</summary>
    public static RefusedAddress ReserveRefusedAddress() => new();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A token that is already cancelled asks for no grace: stalled calls end now.
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
        await _services.DisposeAsync();
    }
}
