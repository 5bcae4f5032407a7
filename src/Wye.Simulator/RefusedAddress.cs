using System.Net;
using System.Net.Sockets;

namespace Wye.Simulator;

/// <summary>A loopback port that is bound but not listened on: connecting to it is refused.</summary>
public sealed class RefusedAddress : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    internal RefusedAddress()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Address = new Uri($"http://{_socket.LocalEndPoint}/");
    }

    /// <summary>Base address, for example <c>http://127.0.0.1:41235/</c>.</summary>
    public Uri Address { get; }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
