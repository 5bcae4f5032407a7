using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Wye.Access;

/// <summary>
/// Bounds failed logins per address (an IPv6 network of 64 bits counts as one) and in all, in any 60 s. Whoever is over the
/// bound is answered the same whether the key is right or wrong, unless that key was lately proven from there. Thread-safe.
/// </summary>
public sealed class FailedLogins
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, Trail> _trails = [];
    private readonly TimeProvider _time;
    private readonly FailedLoginOptions _options;
    private readonly Trail _all;
    private volatile bool _any;

    /// <summary>Starts with no failure.</summary>
    public FailedLogins(TimeProvider time, FailedLoginOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.PerAddress, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.InAll, 1, nameof(options));
        _all = new Trail(_options.InAll);
    }

    /// <summary>Addresses that are remembered.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _trails.Count;
            }
        }
    }

    /// <summary>Whether an address is over the bound now; says when it will not be.</summary>
    public bool IsOver(IPAddress? address, out TimeSpan left)
    {
        left = TimeSpan.Zero;
        if (!_any)
        {
            return false;
        }

        var now = _time.GetTimestamp();
        lock (_gate)
        {
            left = _all.Left(_time, now, Window);
            if (_trails.TryGetValue(NetworkOf(address), out var trail))
            {
                var own = trail.Left(_time, now, Window);
                left = own > left ? own : left;
            }
        }

        return left > TimeSpan.Zero;
    }

    /// <summary>Takes a failure.</summary>
    public void Note(IPAddress? address)
    {
        var now = _time.GetTimestamp();
        lock (_gate)
        {
            _any = true;
            _all.Add(now);
            var network = NetworkOf(address);
            if (!_trails.TryGetValue(network, out var trail))
            {
                if (_trails.Count >= _options.MaxAddresses)
                {
                    Forget(now);
                }

                // Too many at once: the bound over all is what is left.
                if (_trails.Count >= _options.MaxAddresses)
                {
                    return;
                }

                trail = new Trail(_options.PerAddress);
                _trails.Add(network, trail);
            }

            trail.Add(now);
        }
    }

    /// <summary>An address as it is counted: IPv4 whole, IPv6 its first 64 bits; 0 = none.</summary>
    internal static UInt128 NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            address.TryWriteBytes(bytes, out _);
            if (!address.IsIPv4MappedToIPv6)
            {
                bytes[8..].Clear();
            }
        }
        else
        {
            // As the same address is written when it is mapped.
            address.TryWriteBytes(bytes[12..], out _);
            bytes[10] = bytes[11] = 0xFF;
        }

        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private void Forget(long now)
    {
        foreach (var (network, trail) in _trails)
        {
            if (_time.GetElapsedTime(trail.Newest, now) > Window)
            {
                _trails.Remove(network);
            }
        }
    }

    /// <summary>The moments of the last failures, as many as are allowed.</summary>
    private sealed class Trail(int bound)
    {
        private readonly long[] _moments = new long[bound];
        private int _count;
        private int _next;

        public long Newest { get; private set; }

        public void Add(long now)
        {
            _moments[_next] = Newest = now;
            _next = (_next + 1) % bound;
            _count = Math.Min(_count + 1, bound);
        }

        /// <summary>Until the oldest of a full trail has left the window; zero = the next one is allowed.</summary>
        public TimeSpan Left(TimeProvider time, long now, TimeSpan window)
        {
            if (_count < bound)
            {
                return TimeSpan.Zero;
            }

            var left = window - time.GetElapsedTime(_moments[_next], now);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
