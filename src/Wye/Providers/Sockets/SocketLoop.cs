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
    private static int _spare;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly SocketAsyncEventArgs _heard = new(true); // no flow of the caller's context
    private readonly SendTurn _own;

    private SocketLoop()
    {
        // A name that is no file; connected to itself, it hears nobody else, and no firewall stands between.
        var name = new UnixDomainSocketEndPoint($"\0wye-loop-{Guid.NewGuid():N}");
        _socket.Bind(name);
        _socket.Connect(name);
        _heard.SetBuffer(new byte[1]);
        _heard.Completed += (_, _) => Hear();
        _own = new SendTurn(AskForEnd);
    }

    /// <summary>
    /// Finds the threads that hear of sockets, once per process. Where code does not go on there, and on other systems than
    /// Linux, nothing changes.
    /// </summary>
    public static void Start()
    {
        if (!OperatingSystem.IsLinux() || Interlocked.Exchange(ref _started, 1) != 0)
        {
            return;
        }

        // As many threads as processors; the runtime deals sockets out to them in turn. Whose turn another's socket took tries
        // again, a bounded number of times.
        _spare = 16 * Environment.ProcessorCount;
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            Open();
        }
    }

    /// <summary>Whether a send of this thread should <see cref="Join"/> instead of being made; ask once per send.</summary>
    public static bool Waits() => _turn is { } turn && turn.Waits();

    /// <summary>Lets a send wait for the end of this thread's turn. Only after <see cref="Waits"/> said so, and without a lock that <see cref="IDeferredSend.Send"/> takes.</summary>
    public static void Join(IDeferredSend send) => _turn!.Join(send);

    /// <summary>Makes <paramref name="turn"/> this thread's until the scope ends; then it has again what it had, which may be a loop's.</summary>
    internal static Scope Enter(SendTurn turn)
    {
        var scope = new Scope(_turn);
        _turn = turn;
        return scope;
    }

    private static void Open()
    {
        try
        {
            var loop = new SocketLoop();
            loop.Listen();
            loop._socket.Send(Datagram);
        }
        catch (SocketException)
        {
            // That thread sends at once, as any other.
        }
    }

    private void Listen()
    {
        while (!_socket.ReceiveAsync(_heard))
        {
            _own.End();
        }
    }

    private void Hear()
    {
        if (_turn == _own || TryEnter())
        {
            _own.End();
            Listen();
            return;
        }

        var isPool = Thread.CurrentThread.IsThreadPoolThread;
        _heard.Dispose();
        _socket.Dispose();
        if (!isPool && Interlocked.Decrement(ref _spare) >= 0)
        {
            Open();
        }
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

    /// <summary>Ends on the thread it began on.</summary>
    internal readonly ref struct Scope(SendTurn? before) : IDisposable
    {
        public void Dispose() => _turn = before;
    }
}
