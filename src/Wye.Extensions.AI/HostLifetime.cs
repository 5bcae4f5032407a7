using Microsoft.Extensions.DependencyInjection;

namespace Wye.Extensions.AI;

/// <summary>Ends a host whose services end asynchronously from where only a synchronous end is offered.</summary>
internal sealed class HostLifetime(ServiceProvider host) : IDisposable
{
    public void Dispose() => Task.Run(async () => await host.DisposeAsync()).GetAwaiter().GetResult();
}
