using Microsoft.Extensions.Hosting;

namespace Wye.Gateway;

/// <summary>
/// Leaves signals to who started the gateway. The host's own lifetime would close the listener at the first of them, before
/// <see cref="GatewayHost.DrainAsync"/> has waited.
/// </summary>
internal sealed class CallersLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
