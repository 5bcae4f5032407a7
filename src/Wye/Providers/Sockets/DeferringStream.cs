using System.Buffers;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Wye.Providers.Sockets;

/// <summary>
/// A connection to a provider whose writes wait for the end of the thread's turn (<see cref="SocketLoop"/>); TLS lies above it. An
/// error of a write that waited is heard of by the next read or write.
/// </summary>
/// <remarks>What still waits when it is closed is not sent: only a call that was given up leaves anything.</remarks>
internal sealed class DeferringStream(Socket socket) : Stream, IDeferredSend
{
    /// <summary>Bytes that wait at most; with more, all go at once.</summary>
    public const int MostWaiting = 32 * 1024;

    private readonly NetworkStream _inner = new(socket, ownsSocket: true);
    private readonly Lock _gate = new();
    private byte[]? _waiting;
    private int _length;

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
            var waits = _length > 0;
            joins = !waits && buffer.Length is > 0 and <= MostWaiting && SocketLoop.Waits();
            if (!joins && (!waits || _length + buffer.Length > MostWaiting))
            {
                Send();
                return _inner.WriteAsync(buffer, cancellationToken);
            }

            Keep(buffer.Span);
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
            if (_waiting is not { } waiting)
            {
                return;
            }

            var bytes = waiting.AsMemory(0, _length);
            _waiting = null;
            _length = 0;
            try
            {
                // The socket keeps the order of its sends; nearly all are done on return.
                var sending = socket.SendAsync(bytes, SocketFlags.None, CancellationToken.None);
                if (!sending.IsCompletedSuccessfully)
                {
                    _ = FinishAsync(sending, waiting);
                    return;
                }

                sending.GetAwaiter().GetResult();
            }
            catch (ObjectDisposedException) { }

            ArrayPool<byte>.Shared.Return(waiting);
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
                if (_waiting is { } waiting)
                {
                    _waiting = null;
                    _length = 0;
                    ArrayPool<byte>.Shared.Return(waiting);
                }
            }

            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var needed = _length + bytes.Length;
        if (_waiting is null || _waiting.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(needed);
            if (_waiting is { } smaller)
            {
                smaller.AsSpan(0, _length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(smaller);
            }

            _waiting = larger;
        }

        bytes.CopyTo(_waiting.AsSpan(_length));
        _length = needed;
    }

    private static async Task FinishAsync(ValueTask<int> sending, byte[] waiting)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection is broken: whoever waits for the answer hears of it.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(waiting);
        }
    }
}
