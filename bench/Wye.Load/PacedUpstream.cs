using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Wye.Load.Sockets;

namespace Wye.Load;

/// <summary>An upstream that answers like a model: after 50 ms, whole or in chunks 20 ms apart, each with its time of leaving.</summary>
internal sealed class PacedUpstream : IReadable
{
    /// <summary>Chunks of a stream.</summary>
    public const int Chunks = 50;

    private const string Whole = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1750000000,"model":"paced","choices":[{"index":0,"message":{"role":"assistant","content":"Add the index, then watch the next run."},"finish_reason":"stop"}],"usage":{"prompt_tokens":250,"completion_tokens":12,"total_tokens":262}}
        """;

    private const string Last = """
        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1750000000,"model":"paced","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1750000000,"model":"paced","choices":[],"usage":{"prompt_tokens":250,"completion_tokens":50,"total_tokens":300}}

        data: [DONE]


        """;

    private const long First = 50 * EventLoop.Millisecond;
    private const long Between = 20 * EventLoop.Millisecond;

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Whole.Length}\r\n\r\n{Whole}"
    );

    private static readonly string BeforeClock =
        "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1750000000,\"model\":\"paced\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" "
        + Encoding.ASCII.GetString(Mark);

    private static readonly byte[] End = Encoding.ASCII.GetBytes(Framed(Last) + "0\r\n\r\n");

    private readonly EventLoop _loop;
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);

    private PacedUpstream(EventLoop loop) => _loop = loop;

    /// <summary>Stands before the monotonic clock, nanoseconds, in every chunk; a semicolon after it.</summary>
    public static ReadOnlySpan<byte> Mark => "sent="u8;

    private static ReadOnlySpan<byte> StreamHead =>
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n"u8;

    public static int Run(int port)
    {
        using var loop = new EventLoop();
        var upstream = new PacedUpstream(loop);
        upstream._listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        upstream._listener.Listen(4096);
        loop.Watch(upstream._listener, upstream);
        loop.Run(() => false);
        return 0;
    }

    /// <inheritdoc/>
    public void Readable()
    {
        while (_listener.Poll(0, SelectMode.SelectRead))
        {
            var socket = _listener.Accept();
            socket.NoDelay = true;
            _loop.Watch(socket, new Caller(_loop, socket));
        }
    }

    private static string Framed(string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{text.Length:x}\r\n{text}\r\n");

    private static byte[] Chunk(long now) =>
        Encoding.ASCII.GetBytes(
            Framed(
                string.Create(CultureInfo.InvariantCulture, $"{BeforeClock}{now};\"}},\"finish_reason\":null}}]}}\n\n")
            )
        );

    /// <summary>A connection of a gateway, with one request at a time.</summary>
    private sealed class Caller(EventLoop loop, Socket socket) : IReadable
    {
        private byte[] _request = new byte[4096];
        private int _length;
        private int _chunk;
        private long _due;
        private bool _closed;

        /// <inheritdoc/>
        public void Readable()
        {
            while (!_closed)
            {
                if (_length == _request.Length)
                {
                    Array.Resize(ref _request, 2 * _length);
                }

                var read = socket.Receive(_request.AsSpan(_length), SocketFlags.None, out var error);
                if (error == SocketError.WouldBlock)
                {
                    return;
                }

                if (read == 0)
                {
                    Close();
                    return;
                }

                _length += read;
                Take();
            }
        }

        /// <summary>Answers the request once it is whole.</summary>
        private void Take()
        {
            var request = _request.AsSpan(0, _length);
            var head = request.IndexOf("\r\n\r\n"u8) + 4;
            if (head < 4)
            {
                return;
            }

            var length = AnswerReader.Field(Encoding.ASCII.GetString(request[..head]), "content-length");
            if (length is null)
            {
                Send("HTTP/1.1 411 Length Required\r\nContent-Length: 0\r\n\r\n"u8);
                Close();
                return;
            }

            if (request.Length < head + int.Parse(length, CultureInfo.InvariantCulture))
            {
                return;
            }

            var streams = request[head..].IndexOf("\"stream\":true"u8) >= 0;
            _length = 0;
            _due = loop.Now + First;
            _chunk = 0;
            loop.At(_due, streams ? Stream : () => Send(Answer));
        }

        private void Stream()
        {
            if (_chunk == 0)
            {
                Send(StreamHead);
            }

            Send(Chunk(loop.Now));
            if (++_chunk == Chunks)
            {
                Send(End);
                return;
            }

            // Counted from when it was due: a stream does not become slower.
            _due += Between;
            if (!_closed)
            {
                loop.At(_due, Stream);
            }
        }

        private void Send(ReadOnlySpan<byte> bytes)
        {
            // What there is no room for at once was not read for megabytes: the connection is given up.
            if (!_closed && socket.Send(bytes, SocketFlags.None, out _) != bytes.Length)
            {
                Close();
            }
        }

        private void Close()
        {
            _closed = true;
            socket.Dispose();
        }
    }
}
