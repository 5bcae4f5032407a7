using Wye.Access;

namespace Wye.Testing;

/// <summary>A key store in memory. Thread-safe.</summary>
public sealed class MemoryKeyStore : IKeyStore
{
    private readonly Lock _gate = new();
    private readonly List<VirtualKey> _keys = [];

    /// <inheritdoc/>
    public Task<IReadOnlyList<VirtualKey>> AllAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<VirtualKey>>([.. _keys]);
        }
    }

    /// <inheritdoc/>
    public Task AddAsync(VirtualKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Add(key);
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryAddFirstAsync(VirtualKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_keys.Any(other => other.Role == key.Role))
            {
                return Task.FromResult(false);
            }

            Add(key);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Add(VirtualKey key)
    {
        if (_keys.Any(other => other.Id == key.Id) || key.Hash.Length != 32)
        {
            throw new ArgumentException($"Key '{key.Id}' cannot be stored.", nameof(key));
        }

        _keys.Add(key);
    }
}
