using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Wye.Dialects;

namespace Wye.Providers.Sockets;

/// <summary>
/// A connection to a provider whose writes wait for the end of the thread's turn (<see cref="SocketLoop"/>); TLS lies above it. An
/// error of a write that waited is heard of by the next read or write.
/// </summary>
/// <remarks>What still waits when it is closed is not sent: only a call that was given up leaves anything.</remarks>
internal sealed class DeferringStream(Socket socket) : Stream, IDeferredSend
{
    private readonly NetworkStream _inner = new(socket, ownsSocket: true);
    private readonly Lock _gate = new();
    private PooledBuffer _waiting = new(0);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Connects as the runtime's HTTP client does by itself. Errors: as <see cref="Socket.ConnectAsync(System.Net.EndPoint, CancellationToken)"/>.</summary>
    public static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new DeferringStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        bool joins;
        lock (_gate)
        {
            var waits = _waiting.Length > 0;
            joins = !waits && buffer.Length is > 0 and <= SendTurn.MostBytes && SocketLoop.Waits();
            if (!joins && (!waits || _waiting.Length + buffer.Length > SendTurn.MostBytes))
            {
                Send();
                return _inner.WriteAsync(buffer, cancellationToken);
            }

            _waiting.Append(buffer.Span);
        }

        if (joins)
        {
            SocketLoop.Join(this);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Send()
    {
        lock (_gate)
        {
            if (_waiting.Length == 0)
            {
                return;
            }

            try
            {
                // The socket keeps the order of its sends; nearly all are done on return.
                var sending = socket.SendAsync(_waiting.Written, SocketFlags.None, CancellationToken.None);
                if (!sending.IsCompletedSuccessfully)
                {
                    _ = FinishAsync(sending, _waiting);
                    _waiting = new PooledBuffer(0);
                    return;
                }

                sending.GetAwaiter().GetResult();
            }
            catch (ObjectDisposedException) { }

            _waiting.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _inner.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _inner.ReadAsync(buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        Send();
        _inner.Write(buffer, offset, count);
    }

    /// <summary>Nothing: what waits goes at the end of the turn.</summary>
    public override void Flush() { }

    /// <inheritdoc cref="Flush"/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                _waiting.Dispose();
            }

            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static async Task FinishAsync(ValueTask<int> sending, PooledBuffer sent)
    {
        using (sent)
        {
            try
            {
                await sending.ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The connection is broken: whoever waits for the answer hears of it.
            }
        }
    }
}
