using System.Diagnostics.CodeAnalysis;
using Wye.Primitives;

namespace Wye.Sessions;

/// <summary>
/// Responses that their callers may continue by id, and the items of their outputs, which callers may name: in the memory of this process only, bounded, forgotten by age and, when it
/// is full, oldest first. Thread-safe.
/// </summary>
/// <remarks>The key is part of the name, so no key finds what another one left.</remarks>
/// <param name="time">Clock of the lifetime.</param>
/// <param name="options">Bounds; null = the defaults.</param>
internal sealed class ResponseStore(TimeProvider time, ResponseStoreOptions? options = null)
{
    private readonly ResponseStoreOptions _options = options ?? new ResponseStoreOptions();
    private readonly Lock _gate = new();
    private readonly Dictionary<(KeyId Key, string Id), LinkedListNode<Entry>> _index = [];
    private readonly Dictionary<(KeyId Key, string Id), (ReadOnlyMemory<byte> Item, Entry Owner)> _items = [];
    private readonly LinkedList<Entry> _byAge = [];
    private long _bytes;

    /// <summary>Responses held.</summary>
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

    /// <summary>Keeps a response; one that is too large is not kept.</summary>
    public void Keep(KeyId key, string id, StoredResponse response)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(response);
        lock (_gate)
        {
            Forget((key, id));
            if (response.Bytes > Math.Min(_options.BytesOfOne, _options.Bytes))
            {
                return;
            }

            var entry = new Entry((key, id), response, time.GetTimestamp());
            _index.Add((key, id), _byAge.AddLast(entry));
            _bytes += response.Bytes;
            foreach (var (name, item) in response.Output)
            {
                _items[(key, name)] = (item, entry);
            }

            while (_byAge.First is { } oldest && (_bytes > _options.Bytes || _index.Count > _options.Capacity))
            {
                Forget(oldest.Value.Name);
            }

            DropExpired();
        }
    }

    /// <summary>A response of this key; false = there is none, or it is forgotten.</summary>
    public bool TryFind(KeyId key, string id, [NotNullWhen(true)] out StoredResponse? response)
    {
        lock (_gate)
        {
            DropExpired();
            response = _index.GetValueOrDefault((key, id))?.Value.Response;
            return response is not null;
        }
    }

    /// <summary>An item of the output of a response of this key; false = there is none, or its response is forgotten.</summary>
    public bool TryFindItem(KeyId key, string id, out ReadOnlyMemory<byte> item)
    {
        lock (_gate)
        {
            DropExpired();
            var found = _items.TryGetValue((key, id), out var kept);
            item = kept.Item;
            return found;
        }
    }

    /// <summary>Forgets a response; false = there was none.</summary>
    public bool Remove(KeyId key, string id)
    {
        lock (_gate)
        {
            DropExpired();
            return Forget((key, id));
        }
    }

    private void DropExpired()
    {
        while (_byAge.First is { } oldest && time.GetElapsedTime(oldest.Value.At) >= _options.Lifetime)
        {
            Forget(oldest.Value.Name);
        }
    }

    private bool Forget((KeyId Key, string Id) name)
    {
        if (!_index.Remove(name, out var node))
        {
            return false;
        }

        _byAge.Remove(node);
        _bytes -= node.Value.Response.Bytes;
        foreach (var (item, _) in node.Value.Response.Output)
        {
            if (_items.TryGetValue((name.Key, item), out var kept) && ReferenceEquals(kept.Owner, node.Value))
            {
                _items.Remove((name.Key, item));
            }
        }

        return true;
    }

    private sealed record Entry((KeyId Key, string Id) Name, StoredResponse Response, long At);
}
