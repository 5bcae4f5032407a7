using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Wye.Load.Sockets;

/// <summary>
/// One thread that waits for many sockets and times at once (<c>epoll</c>). The runtime's servers, clients and timers take more of a
/// core per chunk than a gateway does, and go by whole milliseconds: as load and upstream they would be what is measured.
/// </summary>
internal sealed partial class EventLoop : IDisposable
{
    /// <summary>Nanoseconds, as all times here.</summary>
    public const long Second = 1_000_000_000;

    /// <inheritdoc cref="Second"/>
    public const long Millisecond = Second / 1000;

    private const int Add = 1;
    private const uint In = 1;
    private const int Most = 256;

    // struct epoll_event is packed on x64 only.
    private static readonly bool Packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int EventSize = Packed ? 12 : 16;
    private static readonly int DataOffset = Packed ? 4 : 8;

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly int _epoll = Checked(Create(0));
    private readonly byte[] _events = new byte[Most * 16];
    private readonly Dictionary<int, IReadable> _watched = [];
    private readonly PriorityQueue<Action, long> _due = new();

    /// <summary>What sockets of this loop are read into; of use until the next read.</summary>
    public byte[] Buffer { get; } = new byte[64 * 1024];

    /// <summary>The machine's monotonic clock, nanoseconds.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>Calls <paramref name="whom"/> whenever <paramref name="socket"/> has something to read, until it is closed.</summary>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public void Watch(Socket socket, IReadable whom)
    {
        socket.Blocking = false;
        var descriptor = (int)socket.Handle;
        _watched[descriptor] = whom;
        Span<byte> what = stackalloc byte[EventSize];
        what.Clear();
        MemoryMarshal.Write(what, In);
        MemoryMarshal.Write(what[DataOffset..], descriptor);
        Checked(Control(_epoll, Add, descriptor, ref MemoryMarshal.GetReference(what)));
    }

    /// <summary>Calls <paramref name="what"/> once <see cref="Now"/> has reached <paramref name="when"/>.</summary>
    public void At(long when, Action what) => _due.Enqueue(what, when);

    /// <summary>Works until <paramref name="done"/>, which is asked between events and at least every tenth of a second, or until that time.</summary>
    public void Run(Func<bool> done, long until = long.MaxValue)
    {
        const long tenth = Second / 10;
        while (!done() && Now < until)
        {
            var wait = _due.TryPeek(out _, out var next) ? Math.Clamp(next - Now, 0, tenth) : tenth;
            var heard = Wait(wait);
            for (var i = 0; i < heard; i++)
            {
                if (
                    _watched.TryGetValue(
                        MemoryMarshal.Read<int>(_events.AsSpan(i * EventSize + DataOffset)),
                        out var whom
                    )
                )
                {
                    whom.Readable();
                }
            }

            // What these add waits for the next turn: sockets are heard in between, however late the times are.
            var now = Now;
            while (_due.TryPeek(out var what, out next) && next <= now)
            {
                _due.Dequeue();
                what();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Close(_epoll);

    private int Wait(long nanoseconds)
    {
        const int interrupted = 4;
        var (limit, heard) = (new TimeSpec(0, nanoseconds), 0);
        while ((heard = EpollWait(_epoll, ref _events[0], Most, ref limit, 0)) < 0)
        {
            if (Marshal.GetLastPInvokeError() != interrupted)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            }
        }

        return heard;
    }

    private static int Checked(int result) =>
        result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int descriptor, ref byte what);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    private static partial int EpollWait(int epoll, ref byte events, int most, ref TimeSpec limit, nint signals);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);
}

/// <summary>What has a socket in an <see cref="EventLoop"/>.</summary>
internal interface IReadable
{
    /// <summary>Something can be read, or the other end has closed.</summary>
    void Readable();
}
