using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Wye.Bench.Harness;

/// <summary>HTTP/1.1 on loopback by blocking threads that allocate nothing per call: an upstream with one answer, and callers.</summary>
internal sealed class LoopbackPeer : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private readonly Socket _listener;

    private LoopbackPeer(Socket listener) => _listener = listener;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private init; } = null!;

    /// <summary>An upstream that answers every request with the same bytes.</summary>
    public static LoopbackPeer Answering(byte[] answer)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var peer = new LoopbackPeer(listener)
        {
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}/"),
        };
        Start(() => peer.Accept(answer));
        return peer;
    }

    /// <summary>Makes so many calls over so many connections; returns when all are answered.</summary>
    /// <exception cref="InvalidOperationException">An answer was not 200.</exception>
    public static void Call(Uri address, byte[] request, int connections, int calls)
    {
        var threads = new Thread[connections];
        Exception? fault = null;
        for (var i = 0; i < connections; i++)
        {
            var share = (calls / connections) + (i < calls % connections ? 1 : 0);
            threads[i] = Start(() =>
            {
                try
                {
                    CallOne(address, request, share);
                }
                catch (Exception error) when (error is SocketException or InvalidOperationException)
                {
                    fault = error;
                }
            });
        }

        Array.ForEach(threads, thread => thread.Join());
        if (fault is not null)
        {
            throw new InvalidOperationException(fault.Message, fault);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static void CallOne(Uri address, byte[] request, int calls)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        socket.Connect(IPAddress.Loopback, address.Port);
        var buffer = new byte[BufferBytes];
        for (var i = 0; i < calls; i++)
        {
            socket.Send(request);
            var length = Receive(socket, buffer);
            if (length == 0 || !buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
            {
                throw new InvalidOperationException(
                    $"A call was answered by: {System.Text.Encoding.UTF8.GetString(buffer, 0, length)}"
                );
            }
        }
    }

    private void Accept(byte[] answer)
    {
        try
        {
            while (true)
            {
                var socket = _listener.Accept();
                socket.NoDelay = true;
                Start(() => AnswerAll(socket, answer));
            }
        }
        catch (SocketException)
        {
            // Disposed.
        }
    }

    private static void AnswerAll(Socket socket, byte[] answer)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (Receive(socket, buffer) > 0)
            {
                socket.Send(answer);
            }
        }
        catch (SocketException)
        {
            // The other side is gone.
        }

        socket.Dispose();
    }

    /// <summary>One message, by its length or its chunks' end; 0 = the other side closed.</summary>
    private static int Receive(Socket socket, byte[] buffer)
    {
        for (var length = 0; ; )
        {
            var read = socket.Receive(buffer.AsSpan(length));
            if (read == 0)
            {
                return 0;
            }

            length += read;
            if (IsWhole(buffer.AsSpan(0, length)))
            {
                return length;
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> message)
    {
        var head = message.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var at = message[..head].IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(message[(at + 16)..], out int length, out _)
            ? message.Length >= head + 4 + length
            : message.EndsWith("0\r\n\r\n"u8);
    }

    private static Thread Start(Action run)
    {
        var thread = new Thread(() => run(), maxStackSize: 256 * 1024) { IsBackground = true };
        thread.Start();
        return thread;
    }
}
