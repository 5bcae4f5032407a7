using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Wye.Primitives;

namespace Wye.Access;

/// <summary>All keys in memory: proves who is calling. Thread-safe.</summary>
public sealed class KeyRing
{
    private readonly IKeyStore _store;
    private readonly ISecretHasher _hasher;
    private readonly TimeProvider _time;

    // What an unknown id is compared with, so that it costs what a known one costs.
    private readonly VirtualKey _nobody;
    private readonly string _noSecret = new('0', ApiKeyFormat.SecretLength);

    private volatile FrozenDictionary<string, VirtualKey> _keys = FrozenDictionary<string, VirtualKey>.Empty;

    /// <summary>Makes an empty ring; <see cref="LoadAsync"/> fills it.</summary>
    public KeyRing(IKeyStore store, KeyHasher hasher, TimeProvider time)
        : this(store, (ISecretHasher)hasher, time) { }

    internal KeyRing(IKeyStore store, ISecretHasher hasher, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(hasher);
        ArgumentNullException.ThrowIfNull(time);
        _store = store;
        _hasher = hasher;
        _time = time;
        _nobody = new VirtualKey
        {
            Id = new KeyId("-"),
            Role = AccessRole.DataPlane,
            Hash = [.. RandomNumberGenerator.GetBytes(32)],
            PepperMark = hasher.Mark,
            CreatedAt = time.GetUtcNow(),
        };
    }

    /// <summary>Keys that can be proven.</summary>
    public int Count => _keys.Count;

    /// <summary>Reads all keys from the store; replaces what was loaded before.</summary>
    /// <exception cref="AccessUnavailableException">
    /// The store cannot be read, or holds keys of which none was made with this pepper.
    /// </exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var stored = await _store.AllAsync(cancellationToken).ConfigureAwait(false);
        var usable = stored
            .Where(key => string.Equals(key.PepperMark, _hasher.Mark, StringComparison.Ordinal))
            .ToList();
        if (usable.Count == 0 && stored.Count > 0)
        {
            throw new AccessUnavailableException(
                $"None of the {stored.Count} stored keys was made with the present pepper. Restore the pepper file that belongs to this store."
            );
        }

        _keys = usable.ToFrozenDictionary(key => key.Id.Value, StringComparer.Ordinal);
    }

    /// <summary>Whether the text is a key of the ring. Takes the same steps whether form, id or secret is wrong.</summary>
    /// <param name="presented">The whole key, e.g. <c>sk-wye-…</c>.</param>
    /// <param name="key">Whose it is; default when false.</param>
    public bool TryAuthenticate(ReadOnlySpan<char> presented, out AuthenticatedKey key)
    {
        var wellFormed = ApiKeyFormat.TryRead(presented, out var id, out var secret);
        VirtualKey? found = null;
        if (wellFormed)
        {
            _keys.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out found);
        }

        var compared = found ?? _nobody;
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hasher.Hash(wellFormed ? secret : _noSecret, hash);
        var matches = CryptographicOperations.FixedTimeEquals(hash, compared.Hash.AsSpan());
        if (matches & found is not null)
        {
            key = new AuthenticatedKey(compared.Id, compared.Role);
            return true;
        }

        key = default;
        return false;
    }

    /// <summary>
    /// Loads the keys and makes one admin key if the store has none: its text, given this once and kept nowhere.
    /// Null = there was one.
    /// </summary>
    /// <exception cref="AccessUnavailableException">The store cannot be read or written, or its pepper is another.</exception>
    public async Task<Secret?> EnsureAdminKeyAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken).ConfigureAwait(false);
        if (HasAdmin())
        {
            return null;
        }

        var (key, text) = Make(AccessRole.Admin);
        var made = await _store.TryAddFirstAsync(key, cancellationToken).ConfigureAwait(false);
        await LoadAsync(cancellationToken).ConfigureAwait(false);
        if (!HasAdmin())
        {
            throw new AccessUnavailableException(
                "The stored admin key was made with another pepper. Restore the pepper file that belongs to this store."
            );
        }

        return made ? text : null;
    }

    /// <summary>Makes a key; its text is given this once and kept nowhere.</summary>
    public async Task<Secret> CreateAsync(AccessRole role, CancellationToken cancellationToken)
    {
        var (key, text) = Make(role);
        await _store.AddAsync(key, cancellationToken).ConfigureAwait(false);
        await LoadAsync(cancellationToken).ConfigureAwait(false);
        return text;
    }

    private bool HasAdmin() => _keys.Values.Any(key => key.Role == AccessRole.Admin);

    private (VirtualKey Key, Secret Text) Make(AccessRole role)
    {
        var id = ApiKeyFormat.NewId();
        var secret = ApiKeyFormat.NewSecret();
        var hash = new byte[HMACSHA256.HashSizeInBytes];
        _hasher.Hash(secret, hash);
        var key = new VirtualKey
        {
            Id = id,
            Role = role,
            Hash = ImmutableArray.Create(hash),
            PepperMark = _hasher.Mark,
            CreatedAt = _time.GetUtcNow(),
        };
        return (key, new Secret(ApiKeyFormat.Write(id, secret)));
    }
}
