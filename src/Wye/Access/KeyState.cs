using Wye.Access.Limits;

namespace Wye.Access;

/// <summary>A key while the process runs: its present rules and its counters. Thread-safe.</summary>
internal sealed class KeyState(VirtualKey key, TimeProvider time)
{
    private const int RememberedAddresses = 4;
    private readonly UInt128[] _addresses = [.. Enumerable.Repeat(UInt128.MaxValue, RememberedAddresses)];
    private readonly Lock _gate = new();
    private volatile VirtualKey _key = key;
    private int _next;

    public VirtualKey Key
    {
        get => _key;
        set => _key = value;
    }

    public KeyLimiter Limiter { get; } = new(time);

    /// <summary>Remembers where the key was proven from.</summary>
    public void Recognise(UInt128 address)
    {
        lock (_gate)
        {
            if (!_addresses.AsSpan().Contains(address))
            {
                _addresses[_next] = address;
                _next = (_next + 1) % RememberedAddresses;
            }
        }
    }

    /// <summary>Whether the key was lately proven from there.</summary>
    public bool Knows(UInt128 address)
    {
        lock (_gate)
        {
            return _addresses.AsSpan().Contains(address);
        }
    }
}
