using System.Collections.Immutable;
using System.Security.Cryptography;
using Wye.Access.Secrets;
using Wye.Primitives;

namespace Wye.Access;

/// <summary>All keys in memory: proves who is calling. Thread-safe.</summary>
public sealed class KeyRing
{
    private readonly IKeyStore _store;
    private readonly ISecretHasher _hasher;
    private readonly TimeProvider _time;

    // What an unknown id is compared with, so that it costs what a known one costs.
    private readonly ImmutableArray<byte> _nothing = [.. RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes)];
    private readonly string _noSecret = new('0', ApiKeyFormat.SecretLength);
    private readonly SemaphoreSlim _loading = new(1, 1);

    // Replaced whole, never changed; the states in it live on from one to the next.
    private volatile KeyTable _keys = new(new(StringComparer.Ordinal));
    private long _version = long.MinValue;

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
    }

    /// <summary>Keys that can be proven.</summary>
    public int Count => _keys.ById.Count;

    /// <summary>Every key of the ring, oldest first.</summary>
    public IReadOnlyList<VirtualKey> All =>
        [
            .. _keys
                .ById.Values.Select(state => state.Key)
                .OrderBy(key => key.CreatedAt)
                .ThenBy(key => key.Id.Value, StringComparer.Ordinal),
        ];

    /// <summary>Reads all keys from the store; replaces what was loaded before, keeps what was counted.</summary>
    /// <exception cref="AccessUnavailableException">
    /// The store cannot be read, or holds keys of which none was made with this pepper.
    /// </exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        // One after the other, so that an older reading never replaces a newer one.
        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var version = await _store.VersionAsync(cancellationToken).ConfigureAwait(false);
            Take(await _store.AllAsync(cancellationToken).ConfigureAwait(false));
            Volatile.Write(ref _version, version);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Loads if anybody changed the store since the last load. True = it was loaded.</summary>
    /// <exception cref="AccessUnavailableException">As for <see cref="LoadAsync"/>; what was loaded before stays.</exception>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        if (await _store.VersionAsync(cancellationToken).ConfigureAwait(false) == Volatile.Read(ref _version))
        {
            return false;
        }

        await LoadAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The key of that id; null = there is none.</summary>
    public VirtualKey? Find(KeyId id) => _keys.ById.GetValueOrDefault(id.Value)?.Key;

    /// <summary>Whether the text is a valid key of the ring. Takes the same steps whatever is wrong with it.</summary>
    /// <param name="presented">The whole key, e.g. <c>sk-wye-…</c>.</param>
    /// <param name="key">Whose it is; default when false.</param>
    public bool TryAuthenticate(ReadOnlySpan<char> presented, out AuthenticatedKey key) =>
        Prove(presented, out key) == KeyVerdict.Valid;

    /// <summary>The same, and why it is not valid.</summary>
    public KeyVerdict Prove(ReadOnlySpan<char> presented, out AuthenticatedKey key) => Prove(presented, null, out key);

    /// <summary>The same for a key that <paramref name="connection"/> may have presented before.</summary>
    internal KeyVerdict Prove(ReadOnlySpan<char> presented, PresentedKey? connection, out AuthenticatedKey key)
    {
        KeyState? state = null;
        if (ApiKeyFormat.TryRead(presented, out var id, out var secret))
        {
            _keys.BySlice.TryGetValue(id, out state);
        }
        else
        {
            secret = _noSecret;
        }

        var found = state?.Key;
        var now = _time.GetUtcNow();
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var recalled = connection?.TryRecall(id, secret, hash) == true;
        if (!recalled)
        {
            _hasher.Hash(secret, hash);
        }

        // Both comparisons are always made, with whatever there is to compare with.
        var present = IsSame(hash, found?.Hash ?? _nothing, recalled);
        var previous = IsSame(hash, found?.PreviousHash ?? _nothing, recalled);
        key = default;
        if (found is null || !(present | (previous & (now < found.PreviousUntil))))
        {
            return KeyVerdict.Unknown;
        }

        if (!found.IsValidAt(now))
        {
            return found.Blocked ? KeyVerdict.Blocked : KeyVerdict.Expired;
        }

        if (!recalled)
        {
            connection?.Keep(found.Id, secret, hash);
        }

        key = new AuthenticatedKey(found.Id, found.Role) { Key = found, State = state };
        return KeyVerdict.Valid;
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

    /// <summary>Makes a key that is bound to nothing; its text is given this once and kept nowhere.</summary>
    public async Task<Secret> CreateAsync(AccessRole role, CancellationToken cancellationToken)
    {
        var (key, text) = Make(role);
        await _store.AddAsync(key, cancellationToken).ConfigureAwait(false);
        await LoadAsync(cancellationToken).ConfigureAwait(false);
        return text;
    }

    /// <summary>A new key of a role and its text; not stored yet.</summary>
    internal (VirtualKey Key, Secret Text) Make(AccessRole role)
    {
        var id = ApiKeyFormat.NewId();
        var (hash, text) = NewSecret(id);
        var key = new VirtualKey
        {
            Id = id,
            Role = role,
            Hash = hash,
            PepperMark = _hasher.Mark,
            CreatedAt = _time.GetUtcNow(),
        };
        return (key, text);
    }

    /// <summary>A new secret for an id: its hash, and the whole text of the key.</summary>
    internal (ImmutableArray<byte> Hash, Secret Text) NewSecret(KeyId id)
    {
        var secret = ApiKeyFormat.NewSecret();
        var hash = new byte[HMACSHA256.HashSizeInBytes];
        _hasher.Hash(secret, hash);
        return (ImmutableArray.Create(hash), new Secret(ApiKeyFormat.Write(id, secret)));
    }

    /// <summary>The live counters of a key; null = there is no such key.</summary>
    internal KeyState? StateOf(KeyId id) => _keys.ById.GetValueOrDefault(id.Value);

    internal void Take(IReadOnlyList<VirtualKey> stored)
    {
        var next = new Dictionary<string, KeyState>(stored.Count, StringComparer.Ordinal);
        foreach (var key in stored)
        {
            if (!string.Equals(key.PepperMark, _hasher.Mark, StringComparison.Ordinal))
            {
                continue;
            }

            if (_keys.ById.TryGetValue(key.Id.Value, out var state))
            {
                state.Key = key;
            }
            else
            {
                state = new KeyState(key, _time);
            }

            next.Add(key.Id.Value, state);
        }

        if (next.Count == 0 && stored.Count > 0)
        {
            throw new AccessUnavailableException(
                $"None of the {stored.Count} stored keys was made with the present pepper. Restore the pepper file that belongs to this store."
            );
        }

        _keys = new KeyTable(next);
    }

    // Nothing of a hash need be hidden from whoever was found to know its secret, and constant time is byte by byte.
    private static bool IsSame(ReadOnlySpan<byte> hash, ImmutableArray<byte> stored, bool recalled) =>
        recalled ? hash.SequenceEqual(stored.AsSpan()) : CryptographicOperations.FixedTimeEquals(hash, stored.AsSpan());

    private bool HasAdmin() => _keys.ById.Values.Any(state => state.Key.Role == AccessRole.Admin);

    /// <summary>The keys by id, and by a slice of a text that is one.</summary>
    private sealed class KeyTable(Dictionary<string, KeyState> byId)
    {
        public Dictionary<string, KeyState> ById { get; } = byId;

        public Dictionary<string, KeyState>.AlternateLookup<ReadOnlySpan<char>> BySlice { get; } =
            byId.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
