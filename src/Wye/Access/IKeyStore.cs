namespace Wye.Access;

/// <summary>Where keys are kept. Thread-safe. Every method throws <see cref="AccessUnavailableException"/> when it cannot be reached.</summary>
public interface IKeyStore : IAsyncDisposable
{
    /// <summary>All keys, oldest first.</summary>
    Task<IReadOnlyList<VirtualKey>> AllAsync(CancellationToken cancellationToken);

    /// <summary>Adds a key; durable when it returns.</summary>
    /// <exception cref="ArgumentException">The id is taken, or the hash is not 32 bytes.</exception>
    Task AddAsync(VirtualKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a key unless one of its role exists; of several processes that try at once, one succeeds.
    /// False = one existed and nothing changed.
    /// </summary>
    /// <exception cref="ArgumentException">The id is taken, or the hash is not 32 bytes.</exception>
    Task<bool> TryAddFirstAsync(VirtualKey key, CancellationToken cancellationToken);
}
