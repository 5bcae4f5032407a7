using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Wye.Providers.Sockets;

namespace Wye.Gateway.Sockets;

/// <summary>
/// Where the server writes what a connection sends: one buffer, from which the socket takes what was flushed at the end of the
/// thread's turn (<see cref="SocketLoop"/>), or at once. Replaces the server's own pipe and the loop that empties it.
/// </summary>
/// <remarks>
/// A flush that waits for the end of the turn is complete on return; one that the system has no room for is so once it has, so that
/// a caller who does not read holds up who writes. As with any pipe one thread writes at a time, while another may be sending.
/// </remarks>
internal sealed class SocketOutput(Socket socket, ConnectionContext connection) : PipeWriter, IDeferredSend
{
    private const int LeastBuffer = 4 * 1024;
    private const int LeastRoom = 256;

    private readonly Lock _gate = new();

    // _buffer: [_start, _flushed) is to be sent, [_flushed, _end) is written. What lies before _start was handed to the socket.
    private byte[]? _buffer;
    private int _start;
    private int _flushed;
    private int _end;

    // From asking for memory to the next flush the buffer belongs to the writer, too.
    private bool _writing;
    private bool _waits;
    private bool _closed;

    // A send that the system had no room for, and the buffer that it reads.
    private Task? _sending;
    private byte[]? _sendingFrom;
    private TaskCompletionSource? _cancelled;

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => true;

    /// <inheritdoc/>
    public override long UnflushedBytes => _end - _flushed;

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint).AsMemory(_end);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint).AsSpan(_end);

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, (_buffer?.Length ?? 0) - _end);
        _end += bytes;
    }

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var joins = false;
        Task? sending;
        bool closed;
        lock (_gate)
        {
            _writing = false;
            _flushed = _end;
            var unsent = _flushed - _start;
            if (!_waits && unsent is > 0 and <= SendTurn.MostBytes && _sending is null && !_closed)
            {
                _waits = joins = SocketLoop.Waits();
            }

            if (!_waits || unsent > SendTurn.MostBytes)
            {
                Send();
            }

            (sending, closed) = (_sending, _closed);
        }

        if (joins)
        {
            // Not under the lock, for others may be sent at this, which take theirs.
            SocketLoop.Join(this);
        }

        return sending is null
            ? new(new FlushResult(isCanceled: false, isCompleted: closed))
            : WaitAsync(sending, cancellationToken);
    }

    /// <inheritdoc/>
    public void Send()
    {
        lock (_gate)
        {
            _waits = false;
            if (_sending is not null)
            {
                return; // takes along what was flushed meanwhile
            }

            if (_flushed > _start && !_closed)
            {
                var sent = SendNext();
                if (!sent.IsCompletedSuccessfully)
                {
                    _sendingFrom = _buffer;
                    var finishing = FinishAsync(sent);
                    _sending = finishing.IsCompleted ? null : finishing;
                    return;
                }

                sent.GetAwaiter().GetResult();
            }

            LetGo();
        }
    }

    /// <summary>Sends what is left and waits for it. Nothing may be written afterwards.</summary>
    public async Task CloseAsync()
    {
        Send();
        while (Pending() is { } sending)
        {
            await sending;
        }

        lock (_gate)
        {
            _closed = true;
            _writing = false;
            LetGo();
        }
    }

    /// <inheritdoc/>
    public override void CancelPendingFlush()
    {
        lock (_gate)
        {
            _cancelled?.TrySetResult();
        }
    }

    /// <summary>Nothing: the connection is ended by <see cref="CloseAsync"/>.</summary>
    public override void Complete(Exception? exception = null) { }

    private byte[] Room(int sizeHint)
    {
        var wanted = Math.Max(sizeHint, LeastRoom);
        lock (_gate)
        {
            _writing = true;
            if (_start == _end && _sendingFrom != _buffer)
            {
                _start = _flushed = _end = 0;
            }

            if (_buffer is null || _buffer.Length - _end < wanted)
            {
                Move(wanted);
            }

            return _buffer!;
        }
    }

    /// <summary>Takes a larger buffer along with what is not sent yet.</summary>
    private void Move(int wanted)
    {
        var kept = _end - _start;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(LeastBuffer, Math.Max(2 * kept, checked(kept + wanted))));
        if (_buffer is { } old)
        {
            old.AsSpan(_start, kept).CopyTo(larger);
            if (_sendingFrom != old)
            {
                ArrayPool<byte>.Shared.Return(old);
            }
        }

        _buffer = larger;
        (_start, _flushed, _end) = (0, _flushed - _start, kept);
    }

    /// <summary>Hands the socket what is flushed and not sent; it counts as sent from now on.</summary>
    private ValueTask<int> SendNext()
    {
        var bytes = _buffer.AsMemory(_start, _flushed - _start);
        _start = _flushed;
        try
        {
            return socket.SendAsync(bytes, SocketFlags.None, CancellationToken.None);
        }
        catch (ObjectDisposedException e)
        {
            return ValueTask.FromException<int>(e);
        }
    }

    /// <summary>Gives the buffer back once nobody writes to it, nothing in it is to be sent and nobody sends from it.</summary>
    private void LetGo()
    {
        if (_closed)
        {
            _start = _flushed = _end;
        }

        if (_buffer is { } buffer && _start == _end && !_writing && _sendingFrom != buffer)
        {
            _buffer = null;
            _start = _flushed = _end = 0;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Waits until the system has taken what was sent, and what was flushed meanwhile.</summary>
    private async Task FinishAsync(ValueTask<int> sent)
    {
        while (true)
        {
            Exception? broken = null;
            try
            {
                await sent.ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                broken = e;
            }

            lock (_gate)
            {
                var from = _sendingFrom;
                _sendingFrom = null;
                if (from != _buffer)
                {
                    ArrayPool<byte>.Shared.Return(from!);
                }

                if (broken is not null)
                {
                    Break(broken);
                }

                if (_closed || _flushed == _start)
                {
                    _sending = null;
                    LetGo();
                    return;
                }

                _sendingFrom = _buffer;
                sent = SendNext();
            }
        }
    }

    /// <summary>Ends the connection, as the server does when its own loop cannot send.</summary>
    private void Break(Exception reason)
    {
        _closed = true;
        ThreadPool.UnsafeQueueUserWorkItem(
            static at =>
                at.connection.Abort(new ConnectionAbortedException("The caller's connection broke.", at.reason)),
            (connection, reason),
            preferLocal: false
        );
    }

    private Task? Pending()
    {
        lock (_gate)
        {
            return _sending;
        }
    }

    private async ValueTask<FlushResult> WaitAsync(Task sending, CancellationToken cancellationToken)
    {
        Task cancelled;
        lock (_gate)
        {
            _cancelled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            cancelled = _cancelled.Task;
        }

        await Task.WhenAny(sending, cancelled).WaitAsync(cancellationToken);
        lock (_gate)
        {
            var isCanceled = cancelled.IsCompleted;
            if (isCanceled)
            {
                _cancelled = null;
            }

            return new FlushResult(isCanceled, _closed);
        }
    }
}
