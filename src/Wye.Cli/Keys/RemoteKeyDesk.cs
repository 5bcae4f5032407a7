using System.Text.Json;
using Wye.Cli.Gateways;

namespace Wye.Cli.Keys;

/// <summary>Administers keys through a running gateway's <c>/admin/keys</c>.</summary>
internal sealed class RemoteKeyDesk(GatewayConnection gateway) : IKeyDesk
{
    /// <inheritdoc/>
    public Task<JsonDocument> DoAsync(
        KeyAction action,
        string id,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        var one = "admin/keys/" + Uri.EscapeDataString(id);
        var (method, path) = action switch
        {
            KeyAction.List => (HttpMethod.Get, "admin/keys"),
            KeyAction.Show => (HttpMethod.Get, one),
            KeyAction.Create => (HttpMethod.Post, "admin/keys"),
            KeyAction.Update => (HttpMethod.Patch, one),
            KeyAction.Block => (HttpMethod.Post, one + "/block"),
            KeyAction.Unblock => (HttpMethod.Post, one + "/unblock"),
            KeyAction.Rotate => (HttpMethod.Post, one + "/rotate"),
            _ => (HttpMethod.Delete, one),
        };
        return gateway.Client.SendAsync(method, path, body, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => gateway.DisposeAsync();
}
