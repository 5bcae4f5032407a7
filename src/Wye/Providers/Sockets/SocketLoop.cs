using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Wye.Providers.Sockets;

/// <summary>
/// The threads that hear of sockets and go on with the code that waited for them, where the runtime is set so: what such a thread
/// sends in one turn, that is between two times it asks the system what is new, goes out together (<see cref="SendTurn"/>).
/// </summary>
/// <remarks>
/// The runtime tells nobody of the end of a turn. So the loop sends itself a datagram: the thread hears of it when it next asks,
/// which is after everything of this turn. Any other thread, and a process whose sockets go on on the thread pool, sends at once.
/// </remarks>
internal sealed class SocketLoop
{
    private static readonly byte[] Datagram = new byte[1];

    [ThreadStatic]
    private static SendTurn? _turn;

    private static int _started;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly SocketAsyncEventArgs _heard = new(true);
    private readonly SendTurn _own;

    private SocketLoop()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        // Connected to itself, it hears nobody else.
        _socket.Connect(_socket.LocalEndPoint!);
        _heard.SetBuffer(new byte[1]);
        _heard.Completed += (_, _) => Hear();
        _own = new SendTurn(AskForEnd);
    }

    /// <summary>
    /// Finds the threads that hear of sockets, once per process. Where code does not go on there, or no loopback address can be
    /// had, nothing changes.
    /// </summary>
    public static void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            return;
        }

        // The runtime deals sockets out to its threads in turn; others may be opened meanwhile, so twice as many as threads.
        for (var i = 0; i < 2 * Environment.ProcessorCount; i++)
        {
            try
            {
                var loop = new SocketLoop();
                loop.Listen();
                loop._socket.Send(Datagram);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    /// <summary>Whether a send of this thread should <see cref="Join"/> instead of being made; ask once per send.</summary>
    public static bool Waits() => _turn is { } turn && turn.Waits();

    /// <summary>Lets a send wait for the end of this thread's turn. Only after <see cref="Waits"/> said so, and without a lock that <see cref="IDeferredSend.Send"/> takes.</summary>
    public static void Join(IDeferredSend send) => _turn!.Join(send);

    /// <summary>Makes <paramref name="turn"/> this thread's, or none.</summary>
    internal static void Enter(SendTurn? turn) => _turn = turn;

    private void Listen()
    {
        while (!_socket.ReceiveAsync(_heard))
        {
            _own.End();
        }
    }

    private void Hear()
    {
        if (_turn != _own && !TryEnter())
        {
            _heard.Dispose();
            _socket.Dispose();
            return;
        }

        _own.End();
        Listen();
    }

    /// <summary>The first time: takes the thread, unless it is one of the pool or has a loop.</summary>
    private bool TryEnter()
    {
        if (_turn is not null || Thread.CurrentThread.IsThreadPoolThread)
        {
            return false;
        }

        _turn = _own;
        return true;
    }

    private void AskForEnd()
    {
        try
        {
            _socket.Send(Datagram);
        }
        catch (SocketException)
        {
            // Without memory for a byte: nothing may wait for an end that does not come.
            _own.End();
        }
    }
}
