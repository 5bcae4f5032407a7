using System.Net.Sockets;

namespace Wye.Load.Sockets;

/// <summary>
/// A caller's connection: sends the same request whenever told to, one at a time, and hears of its answer. Opened by the first
/// request, and anew after it broke or the other end closed it.
/// </summary>
/// <param name="loop">Whose thread everything is called on.</param>
/// <param name="target">Where to.</param>
/// <param name="request">Head and body.</param>
internal sealed class Connection(EventLoop loop, Target target, byte[] request) : IReadable
{
    private readonly AnswerReader _answer = new();
    private Socket? _socket;
    private bool _busy;

    /// <summary>Called with each piece of an answer's body.</summary>
    public Action<ReadOnlySpan<byte>> Body { get; init; } = _ => { };

    /// <summary>Called once per request: with the answer's status when it ended, with 0 when the connection broke before.</summary>
    public required Action<int> Ended { get; init; }

    /// <summary>Sends the request.</summary>
    public void Send()
    {
        _busy = true;
        if (_socket is null && !Open())
        {
            End(0);
            return;
        }

        // What a socket has no room for at once means a gateway that does not read: the request counts as broken.
        if (_socket!.Send(request, SocketFlags.None, out _) != request.Length)
        {
            Break();
        }
    }

    /// <inheritdoc/>
    public void Readable()
    {
        while (_socket is { } socket)
        {
            var read = socket.Receive(loop.Buffer, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                return;
            }

            if (read == 0)
            {
                Break();
                return;
            }

            try
            {
                if (_answer.Read(loop.Buffer.AsSpan(0, read), Body))
                {
                    End(_answer.Status);
                }
            }
            catch (Exception fault) when (fault is FormatException or ArgumentOutOfRangeException)
            {
                Break();
                return;
            }

            if (read < loop.Buffer.Length)
            {
                return;
            }
        }
    }

    private bool Open()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(target.Url.Host, target.Url.Port);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return false;
        }

        _socket = socket;
        loop.Watch(socket, this);
        return true;
    }

    private void Break()
    {
        _socket?.Dispose();
        _socket = null;
        _answer.Reset();
        End(0);
    }

    private void End(int status)
    {
        if (_busy)
        {
            _busy = false;
            Ended(status);
        }
    }
}
