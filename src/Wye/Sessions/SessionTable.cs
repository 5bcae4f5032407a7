using System.Runtime.InteropServices;

namespace Wye.Sessions;

/// <summary>Where each conversation was answered last: bounded, forgets by age and by disuse. Thread-safe; survives reloads.</summary>
public sealed class SessionTable
{
    private const int None = -1;

    private readonly TimeProvider _time;
    private readonly SessionOptions _options;
    private readonly Lock _gate = new();
    private readonly Dictionary<SessionKey, int> _index = [];
    private Slot[] _slots = new Slot[64];
    private int _used;
    private int _newest = None;
    private int _oldest = None;

    /// <summary>An empty table.</summary>
    /// <param name="time">Clock of the lifetimes.</param>
    /// <param name="options">Bounds; null = the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public SessionTable(TimeProvider time, SessionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _options = options ?? new SessionOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Capacity, 1, nameof(options));
    }

    /// <summary>Conversations held, expired ones not yet dropped included; at most the capacity.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _index.Count;
            }
        }
    }

    /// <summary>What is remembered of a conversation; null = nothing. Cached tokens are 0 once the provider's cache has lapsed.</summary>
    public SessionMemory? Find(in SessionKey key)
    {
        lock (_gate)
        {
            if (!_index.TryGetValue(key, out var at))
            {
                return null;
            }

            ref var slot = ref _slots[at];
            var age = _time.GetElapsedTime(slot.At);
            if (age >= _options.Lifetime)
            {
                return null;
            }

            Unlink(at);
            LinkNewest(at);
            return age < _options.CacheLifetime ? slot.Memory : slot.Memory with { CachedTokens = 0 };
        }
    }

    /// <summary>Remembers where a conversation was answered; replaces what was remembered of it.</summary>
    public void Remember(in SessionKey key, in SessionMemory memory)
    {
        lock (_gate)
        {
            if (_index.TryGetValue(key, out var at))
            {
                Unlink(at);
            }
            else
            {
                at = _index.Count < _options.Capacity ? Grow() : Reuse();
                _index.Add(key, at);
            }

            ref var slot = ref _slots[at];
            slot.Key = key;
            slot.Memory = memory;
            slot.At = _time.GetTimestamp();
            LinkNewest(at);
        }
    }

    private int Grow()
    {
        if (_used == _slots.Length)
        {
            Array.Resize(ref _slots, Math.Min(_options.Capacity, _slots.Length * 2));
        }

        return _used++;
    }

    private int Reuse()
    {
        var at = _oldest;
        Unlink(at);
        _index.Remove(_slots[at].Key);
        return at;
    }

    private void Unlink(int at)
    {
        var (newer, older) = (_slots[at].Newer, _slots[at].Older);
        if (newer == None)
        {
            _newest = older;
        }
        else
        {
            _slots[newer].Older = older;
        }

        if (older == None)
        {
            _oldest = newer;
        }
        else
        {
            _slots[older].Newer = newer;
        }
    }

    private void LinkNewest(int at)
    {
        _slots[at].Newer = None;
        _slots[at].Older = _newest;
        if (_newest != None)
        {
            _slots[_newest].Newer = at;
        }

        _newest = at;
        _oldest = _oldest == None ? at : _oldest;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Slot
    {
        public SessionKey Key;
        public SessionMemory Memory;
        public long At;
        public int Newer;
        public int Older;
    }
}
