using System.Text.Json;

namespace Wye.Cli.Keys;

/// <summary>Administers keys: in the store of this machine, or through a running gateway. Dispose what it gives.</summary>
internal interface IKeyDesk : IAsyncDisposable
{
    /// <summary>Does one thing and gives the key as it is now, or the list of all.</summary>
    /// <param name="action">What to do.</param>
    /// <param name="id">Which key; empty for <see cref="KeyAction.List"/> and <see cref="KeyAction.Create"/>.</param>
    /// <param name="body">Fields of the key, as one JSON object; empty = none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CliFailureException">It was refused; the message says why.</exception>
    Task<JsonDocument> DoAsync(
        KeyAction action,
        string id,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    );
}
