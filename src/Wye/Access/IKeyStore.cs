using Wye.Primitives;

namespace Wye.Access;

/// <summary>Where keys are kept. Thread-safe. Every method throws <see cref="AccessUnavailableException"/> when it cannot be reached.</summary>
public interface IKeyStore : IAsyncDisposable
{
    /// <summary>All keys, oldest first.</summary>
    Task<IReadOnlyList<VirtualKey>> AllAsync(CancellationToken cancellationToken);

    /// <summary>A number that is another one after every change of any key, whoever made it.</summary>
    Task<long> VersionAsync(CancellationToken cancellationToken);

    /// <summary>Adds a key; durable when it returns.</summary>
    /// <exception cref="ArgumentException">The id is taken, or a hash is not 32 bytes.</exception>
    Task AddAsync(VirtualKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a key unless one of its role exists; of several processes that try at once, one succeeds.
    /// False = one existed and nothing changed.
    /// </summary>
    /// <exception cref="ArgumentException">The id is taken, or a hash is not 32 bytes.</exception>
    Task<bool> TryAddFirstAsync(VirtualKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a key in the place of the one with its id and the revision before its own; durable when it returns.
    /// False = there is none, or somebody else changed it meanwhile.
    /// </summary>
    /// <exception cref="ArgumentException">A hash is not 32 bytes.</exception>
    Task<bool> TryReplaceAsync(VirtualKey key, CancellationToken cancellationToken);

    /// <summary>Removes a key for good. False = there is none.</summary>
    Task<bool> RemoveAsync(KeyId id, CancellationToken cancellationToken);
}
