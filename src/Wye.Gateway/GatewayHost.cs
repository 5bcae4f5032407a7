using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wye.Access;
using Wye.Access.Desk;
using Wye.Access.Secrets;
using Wye.Dialects;
using Wye.Gateway.Endpoints;
using Wye.Gateway.Http;
using Wye.Gateway.Keys;
using Wye.Gateway.Reloading;
using Wye.Gateway.Sockets;
using Wye.Gateway.Telemetry;
using Wye.Hosting;
using Wye.Hosting.Configuration.Resolving;
using Wye.Ledger;
using Wye.Ledger.Judgements;
using Wye.Ledger.Writing;
using Wye.Primitives;
using Wye.Providers.Sockets;
using Wye.Sqlite;

namespace Wye.Gateway;

/// <summary>A running gateway. Dispose stops it at once; <see cref="DrainAsync"/> lets what runs finish first.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly ServerOptions _server;
    private readonly GatewayDrain _drain;
    private readonly TimeProvider _time;
    private readonly ConfigWatcher? _watcher;
    private readonly ResidentMemory? _memory;

    private GatewayHost(
        WebApplication app,
        ServerOptions server,
        GatewayDrain drain,
        TimeProvider time,
        ConfigWatcher? watcher,
        ResidentMemory? memory,
        Secret? adminKey
    )
    {
        _memory = memory;
        _watcher = watcher;
        _app = app;
        _server = server;
        _drain = drain;
        _time = time;
        FirstAdminKey = adminKey?.Reveal();
        Address = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        );
        Completion = StoppedAsync(app.Lifetime.ApplicationStopped);
    }

    /// <summary>Where it listens, e.g. <c>http://127.0.0.1:4000/</c>.</summary>
    public Uri Address { get; }

    /// <summary>The admin key in clear text, when this start made it; null at every later start.</summary>
    public string? FirstAdminKey { get; }

    /// <summary>
    /// With <c>store.ledger: relaxed</c>, for how long a finished request may be unrecorded, beside the commit itself; null = a
    /// request that is finished is recorded.
    /// </summary>
    public TimeSpan? RelaxedBound { get; private init; }

    /// <summary>Ends when the server has stopped.</summary>
    public Task Completion { get; }

    /// <summary>Services of the host, for tests and embedding.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Reads the configuration, opens the store and starts to listen.</summary>
    /// <exception cref="GatewayConfigurationException">The configuration is wrong; its problems are all named.</exception>
    /// <exception cref="SqliteStoreException">The store cannot be opened or written; the message names the file and the fix.</exception>
    /// <exception cref="AccessUnavailableException">The keys cannot be read, or belong to another pepper.</exception>
    public static async Task<GatewayHost> StartAsync(GatewayHostOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var loaded = options.ConfigPath is { } file ? ConfigWatcher.Fingerprint(file) : null;
        var built = await GatewayConfiguration.LoadAsync(options, cancellationToken);
        var snapshot = built.Snapshot!;
        var database = new SqliteOptions
        {
            Path = (options.OwnsStore ? null : snapshot.StorePath) ?? Path.Combine(options.DataFolder, "wye.db"),
            RetentionDays = snapshot.RetentionDays,
            MustBeWritable = true,
        };
        var hasher = KeyHasher.LoadOrCreate(Path.Combine(options.DataFolder, "pepper"));
        var keyStore = SqliteKeyStore.Open(database);
        var keys = new KeyRing(keyStore, hasher, options.Time);
        var adminKey = await keys.EnsureAdminKeyAsync(cancellationToken);

        // Empty: no appsettings.json of whatever folder it is started in decides anything, and no watcher looks after one, which
        // would hear of every write to a ledger below it.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        GatewayTelemetry.Add(builder, options);
        builder.Services.AddSingleton(options.Time).AddSingleton(options.Delivery);
        builder.Services.AddWye(snapshot, GatewayTelemetry.Options(options)).AddSingleton(keys);
        // Made by the container, so that it closes both files.
        builder.Services.AddSingleton<IKeyStore>(_ => keyStore);
        builder.Services.AddSingleton<KeyDesk>().AddSingleton<KeyApi>().AddSingleton<AccessMetrics>();
        builder.Services.AddSingleton(new FailedLogins(options.Time, options.FailedLogins));
        builder.Services.AddSingleton(_ => new KeyRefresher(keys, options.Time));
        builder.Services.AddSingleton<ILedgerStore>(_ => SqliteLedgerStore.Open(database));
        builder.Services.AddSingleton<IJudgementStore>(_ => SqliteJudgementStore.Open(database));
        builder.Services.AddSingleton(new LedgerWriterOptions { ContinueInline = RuntimeSettings.AreSocketsInline });
        builder.Services.AddSingleton<GatewayDrain>();
        builder.Services.AddSingleton(at => new ConfigReloader(
            options,
            at.GetRequiredService<SnapshotPublisher>(),
            built,
            at.GetRequiredService<IMeterFactory>()
        ));
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        // The drain limit is kept here, not by the host, so that what runs then still ends visibly.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        if (RuntimeSettings.AreSocketsInline)
        {
            SocketLoop.Start();
        }

        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = RuntimeSettings.AreSocketsInline);
        // Behind the server's own, for the last one counts.
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, SocketBlocks>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = snapshot.Server.MaxConnections;
            kestrel.Limits.MaxRequestBodySize = null; // bounded where it is read, so that the refusal has our envelope
            // Counts only while bytes wait for the caller: a slow stream is no fault, and one that is read is not cut; who reads
            // nothing at all would hold his connection and his answer for ever.
            kestrel.Limits.MinResponseDataRate = options.LeastRead;
            kestrel.Listen(
                Endpoint(options.Listen, snapshot.Server),
                listen => listen.Use(SocketOutputs.Use).Use(KeyAuthentication.Remember)
            );
        });
        var app = builder.Build();
        app.UseRouting();
        GatewayTelemetry.Use(app);
        var dialects = GatewayEndpoints.Dialects(app);
        app.UseMiddleware<CallEnd>();
        app.UseMiddleware<KeyAuthentication>(dialects);
        app.UseMiddleware<KeyAdmission>(dialects);
        GatewayEndpoints.Map(app);
        app.Services.GetRequiredService<IKeyStore>();
        app.Services.GetRequiredService<KeyRefresher>();
        await app.StartAsync(cancellationToken);
        var watcher = options.ConfigPath is { } path
            ? new ConfigWatcher(
                path,
                loaded,
                app.Services.GetRequiredService<ConfigReloader>(),
                options.Time,
                options.Notices
            )
            : null;
        var drain = app.Services.GetRequiredService<GatewayDrain>();
        return new GatewayHost(
            app,
            snapshot.Server,
            drain,
            options.Time,
            watcher,
            options.OwnsProcess
                ? new ResidentMemory(drain, options.Time, () => snapshot.Routing.Learned?.ReadAhead())
                : null,
            adminKey
        )
        {
            RelaxedBound = snapshot.RelaxedLedger ? new LedgerWriterOptions().Linger : null,
        };
    }

    /// <summary>
    /// Stops in order (D03): readiness turns 503 at once, the listener stays open for the pre-stop delay, then streams
    /// that run may finish within the drain limit. What runs then ends in an error: a stream with an error frame and a cut.
    /// </summary>
    /// <param name="hurry">Cancelled to end what runs at once; it is settled and told all the same.</param>
    public async Task DrainAsync(CancellationToken hurry)
    {
        _drain.Begin();
        _watcher?.Dispose();
        try
        {
            await Task.Delay(_server.DrainDelay, _time, hurry);
        }
        catch (OperationCanceledException) { }

        using var abort = new CancellationTokenSource();
        var stopped = _app.StopAsync(abort.Token);
        if (!await EndsWithinAsync(stopped, _server.DrainLimit, hurry))
        {
            // Enough to write an error frame and a ledger row; who does not read it is not waited for.
            await EndsWithinAsync(Task.WhenAll(_drain.EndAsync(), stopped), LastWords, CancellationToken.None);
        }

        await abort.CancelAsync();
        await stopped;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _watcher?.Dispose();
        _memory?.Dispose();
        // What runs is settled before the store closes.
        await EndsWithinAsync(_drain.EndAsync(), LastWords, CancellationToken.None);
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    // The framework's own wait would also stop the server, without a limit, and whoever of the two comes first sets it.
    private static async Task StoppedAsync(CancellationToken stopped)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stopped.UnsafeRegister(
            static done => ((TaskCompletionSource)done!).TrySetResult(),
            done
        );
        await done.Task;
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan limit, CancellationToken hurry)
    {
        try
        {
            await task.WaitAsync(limit, _time, hurry);
            return true;
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private static IPEndPoint Endpoint(Uri? listen, ServerOptions server) =>
        listen is null ? new IPEndPoint(server.Address, server.Port)
        : listen.Host is "localhost" ? new IPEndPoint(IPAddress.Loopback, listen.Port)
        : IPAddress.TryParse(listen.Host.Trim('[', ']'), out var address) ? new IPEndPoint(address, listen.Port)
        : throw new ArgumentException($"'{listen.Host}' is not an IP address or localhost.", nameof(listen));
}
