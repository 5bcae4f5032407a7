using Wye.Cli.Commands;
using Wye.Cli.Http;

namespace Wye.Cli.Gateways;

/// <summary>A gateway to talk to: the running one that was named, else one started for this command.</summary>
internal sealed class GatewayConnection : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly LocalGateway? _own;

    private GatewayConnection(Uri address, string? key, LocalGateway? own)
    {
        _http = WyeClient.NewTransport();
        _own = own;
        Client = new WyeClient(address, key, _http);
    }

    /// <summary>The client.</summary>
    public WyeClient Client { get; }

    /// <summary>Connects, or starts one.</summary>
    /// <param name="context">The command's surroundings.</param>
    /// <param name="url">Base address as the user gave it, with or without <c>/v1</c>; null = <c>$WYE_BASE_URL</c>, else in this process.</param>
    /// <param name="key">Key; null = <c>$WYE_API_KEY</c>.</param>
    /// <param name="namedConfig">Configuration of the one in this process, as the user named it; null = what is found here.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<GatewayConnection> OpenAsync(
        CliContext context,
        string? url,
        string? key,
        string? namedConfig,
        CancellationToken cancellationToken
    )
    {
        // A configuration that was named is meant; only then does the environment's gateway not count.
        var address = url ?? (namedConfig is null ? context.Environment("WYE_BASE_URL") : null);
        if (address is not null)
        {
            return new GatewayConnection(Base(address), key ?? context.Environment("WYE_API_KEY"), own: null);
        }

        var configPath = CommonOptions.FindConfig(context, namedConfig);
        var own = await LocalGateway.StartTemporaryAsync(context, configPath, configText: null, cancellationToken);
        return new GatewayConnection(own.Address, own.FirstKey, own);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }

    private static Uri Base(string text)
    {
        var trimmed = text.TrimEnd('/');
        if (trimmed.EndsWith("/v1", StringComparison.Ordinal))
        {
            trimmed = trimmed[..^3];
        }

        return Uri.TryCreate(trimmed + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new CliFailureException($"'{text}' is not an http address.", ExitCodes.Usage);
    }
}
