using Wye.Access;
using Wye.Gateway;
using Wye.Sqlite;

namespace Wye.Cli.Gateways;

/// <summary>A gateway inside this process. One with a temporary data folder removes it when disposed.</summary>
internal sealed class LocalGateway : IAsyncDisposable
{
    private readonly GatewayHost _host;
    private readonly string? _temporaryFolder;

    private LocalGateway(GatewayHost host, string? temporaryFolder)
    {
        _host = host;
        _temporaryFolder = temporaryFolder;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _host.Address;

    /// <summary>The admin key, when this start made it.</summary>
    public string? FirstKey => _host.FirstAdminKey;

    /// <summary>For how long a finished request may be unrecorded; null = it is recorded when it is finished.</summary>
    public TimeSpan? RelaxedBound => _host.RelaxedBound;

    /// <summary>Ends when the server has stopped.</summary>
    public Task Completion => _host.Completion;

    /// <summary>Starts a gateway on a folder that stays.</summary>
    /// <exception cref="CliFailureException">It does not start; the message says what to mend.</exception>
    public static Task<LocalGateway> StartAsync(GatewayHostOptions options, CancellationToken cancellationToken) =>
        StartAsync(options, temporaryFolder: null, cancellationToken);

    /// <summary>Starts a gateway on a free loopback port and a folder of its own that goes with it.</summary>
    /// <exception cref="CliFailureException">It does not start; the message says what to mend.</exception>
    public static async Task<LocalGateway> StartTemporaryAsync(
        CliContext context,
        string? configPath,
        string? configText,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateTempSubdirectory("wye-").FullName;
        try
        {
            var options = new GatewayHostOptions
            {
                ConfigPath = configPath,
                ConfigText = configText,
                DataFolder = folder,
                // A store that the configuration names belongs to the gateway that serves: its keys were made with that one's
                // pepper, and keys made with the one of this folder could never be used again.
                OwnsStore = true,
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = context.Environment,
                Time = context.Time,
            };
            return await StartAsync(options, folder, cancellationToken);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Stops accepting, lets answers finish, stops.</summary>
    public Task DrainAsync(CancellationToken hurry) => _host.DrainAsync(hurry);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        if (_temporaryFolder is not null)
        {
            Directory.Delete(_temporaryFolder, recursive: true);
        }
    }

    private static async Task<LocalGateway> StartAsync(
        GatewayHostOptions options,
        string? temporaryFolder,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return new LocalGateway(await GatewayHost.StartAsync(options, cancellationToken), temporaryFolder);
        }
        catch (Exception fault)
            when (fault is GatewayConfigurationException or SqliteStoreException or AccessUnavailableException)
        {
            throw new CliFailureException(fault.Message);
        }
    }
}
