using System.Net;
using System.Net.Http;
using Wye.Dialects;

namespace Wye.Providers;

/// <summary>
/// A request body in pooled memory. The memory goes back only when no send reads it any more, even if the response came, or
/// the call was cancelled, before the body was sent: otherwise another caller's bytes could leave in its place.
/// </summary>
internal sealed class PooledContent : HttpContent
{
    private readonly PooledBuffer _buffer;
    private int _users = 1;
    private int _disposed;

    /// <summary>Takes the buffer over.</summary>
    public PooledContent(PooledBuffer buffer)
    {
        _buffer = buffer;
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        Enter();
        try
        {
            await stream.WriteAsync(_buffer.Written, cancellationToken);
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _buffer.Length;
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Leave();
        }

        base.Dispose(disposing);
    }

    private void Enter()
    {
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            ObjectDisposedException.ThrowIf(users == 0, this);
        } while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _buffer.Dispose();
        }
    }
}
