using Wye.Access;
using Wye.Primitives;

namespace Wye.Testing;

/// <summary>A key store in memory. Thread-safe.</summary>
public sealed class MemoryKeyStore : IKeyStore
{
    private readonly Lock _gate = new();
    private readonly List<VirtualKey> _keys = [];
    private long _version;

    /// <summary>Thrown by every call until it is taken away; null = it can be reached.</summary>
    public AccessUnavailableException? Fault { get; set; }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VirtualKey>> AllAsync(CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<VirtualKey>>(() => [.. _keys]);

    /// <inheritdoc/>
    public Task<long> VersionAsync(CancellationToken cancellationToken) => Locked(() => _version);

    /// <inheritdoc/>
    public Task AddAsync(VirtualKey key, CancellationToken cancellationToken) => Locked(() => Add(key));

    /// <inheritdoc/>
    public Task<bool> TryAddFirstAsync(VirtualKey key, CancellationToken cancellationToken) =>
        Locked(() => _keys.TrueForAll(other => other.Role != key.Role) && Add(key));

    /// <inheritdoc/>
    public Task<bool> TryReplaceAsync(VirtualKey key, CancellationToken cancellationToken) =>
        Locked(() =>
        {
            Check(key);
            var index = _keys.FindIndex(other => other.Id == key.Id && other.Revision == key.Revision - 1);
            if (index < 0)
            {
                return false;
            }

            _keys[index] = key;
            _version++;
            return true;
        });

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(KeyId id, CancellationToken cancellationToken) =>
        Locked(() =>
        {
            var removed = _keys.RemoveAll(key => key.Id == id) > 0;
            _version += removed ? 1 : 0;
            return removed;
        });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Locked<T>(Func<T> work)
    {
        lock (_gate)
        {
            return Fault is { } fault ? Task.FromException<T>(fault) : Task.FromResult(work());
        }
    }

    private bool Add(VirtualKey key)
    {
        Check(key);
        if (_keys.Exists(other => other.Id == key.Id))
        {
            throw new ArgumentException($"Key '{key.Id}' cannot be stored.", nameof(key));
        }

        _keys.Add(key);
        _version++;
        return true;
    }

    private static void Check(VirtualKey key)
    {
        if (key.Hash.Length != 32 || key.PreviousHash is { Length: not 32 })
        {
            throw new ArgumentException($"Key '{key.Id}' cannot be stored.", nameof(key));
        }
    }
}
