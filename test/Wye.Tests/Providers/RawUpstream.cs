using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Wye.Providers;

/// <summary>A provider on a raw socket, so that a script decides about every byte and every break.</summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;

    public RawUpstream(Func<RawConnection, Task> script)
    {
        _listener.Start();
        _accepting = AcceptAsync(script);
    }

    public Uri BaseUrl => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1/");

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
    }

    private async Task AcceptAsync(Func<RawConnection, Task> script)
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Stopped, while it waited or between two connections.
                return;
            }

            Connections++;
            _ = RunAsync(client, script);
        }
    }

    private static async Task RunAsync(TcpClient client, Func<RawConnection, Task> script)
    {
        using var connection = new RawConnection(client);
        try
        {
            await script(connection);
        }
        catch (IOException)
        {
            // The other side left in the middle of the script.
        }
    }
}

/// <summary>One connection of a raw provider.</summary>
internal sealed class RawConnection(TcpClient client) : IDisposable
{
    public const string StreamHead =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private readonly byte[] _buffer = new byte[64 * 1024];

    private NetworkStream Stream => client.GetStream();

    /// <summary>Reads one request whole and gives its head and body.</summary>
    public async Task<string> ReadRequestAsync()
    {
        var text = new StringBuilder();
        while (true)
        {
            var read = await Stream.ReadAsync(_buffer);
            text.Append(Encoding.UTF8.GetString(_buffer, 0, read));
            var all = text.ToString();
            var end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (end >= 0 && all.Length - end - 4 >= ContentLength(all)))
            {
                return all;
            }
        }
    }

    public Task SendAsync(string text) => Stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    /// <summary>Sends one chunk of a chunked body.</summary>
    public Task SendChunkAsync(string text) => SendAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

    /// <summary>Sends one chunk and the clean end of the body in one piece.</summary>
    public Task SendLastChunkAsync(string text) =>
        SendAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n0\r\n\r\n");

    /// <summary>Ends a chunked body cleanly.</summary>
    public Task EndChunksAsync() => SendAsync("0\r\n\r\n");

    /// <summary>Breaks the connection with a reset.</summary>
    public void Reset()
    {
        client.Client.LingerState = new LingerOption(true, 0);
        client.Close();
    }

    /// <summary>Completes when the other side is gone.</summary>
    public async Task WaitClosedAsync()
    {
        try
        {
            while (await Stream.ReadAsync(_buffer) > 0) { }
        }
        catch (IOException)
        {
            // Reset: gone as well.
        }
    }

    public void Dispose() => client.Dispose();

    private static int ContentLength(string head)
    {
        const string Name = "content-length:";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        return at < 0
            ? 0
            : int.Parse(
                head[(at + Name.Length)..head.IndexOf('\r', at)],
                System.Globalization.CultureInfo.InvariantCulture
            );
    }
}
