using Wye.Primitives;

namespace Wye.Access.Desk;

/// <summary>
/// Makes, changes and removes keys. A change is in force in this process when its call returns, and in others that use the
/// store within <see cref="KeyRefresher.Interval"/>. Thread-safe.
/// </summary>
public sealed class KeyDesk(KeyRing ring, IKeyStore store, TimeProvider time)
{
    /// <summary>How long the secret before a rotation stays valid when nothing is said.</summary>
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(24);

    /// <summary>The longest it may stay valid.</summary>
    public static readonly TimeSpan MostOverlap = TimeSpan.FromDays(30);

    private const int Tries = 3;

    /// <summary>Every key, oldest first.</summary>
    public IReadOnlyList<VirtualKey> All => ring.All;

    /// <summary>One key; null = there is none.</summary>
    public VirtualKey? Find(KeyId id) => ring.Find(id);

    /// <summary>Makes a key; the result carries its text.</summary>
    public async Task<KeyResult> CreateAsync(KeyActor actor, KeyDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(draft);
        if ((KeyDraftCheck.FirstProblem(draft, time.GetUtcNow()) ?? KeyScope.FirstExcess(actor, draft)) is { } wrong)
        {
            return new KeyResult { Refusal = wrong };
        }

        var (key, text) = ring.Make(draft.Role);
        key = With(key, draft) with { CreatedBy = actor.Name };
        await store.AddAsync(key, cancellationToken).ConfigureAwait(false);
        await ring.LoadAsync(cancellationToken).ConfigureAwait(false);
        return KeyResult.Of(key, text);
    }

    /// <summary>Changes what may be said of a key.</summary>
    /// <param name="actor">Who changes it.</param>
    /// <param name="id">Which key.</param>
    /// <param name="change">From what it is to what it shall be; may be asked again when somebody else was faster.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    public Task<KeyResult> UpdateAsync(
        KeyActor actor,
        KeyId id,
        Func<KeyDraft, KeyDraft> change,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(change);
        return ChangeAsync(
            actor,
            id,
            key =>
            {
                var before = KeyDraft.Of(key);
                var draft = change(before);
                // An expired key may be renamed without being revived.
                var now = draft.ExpiresAt == before.ExpiresAt ? DateTimeOffset.MinValue : time.GetUtcNow();
                return (KeyDraftCheck.FirstProblem(draft, now) ?? KeyScope.FirstExcess(actor, draft)) is { } wrong
                    ? (null, null, wrong)
                    : (With(key, draft), null, null);
            },
            cancellationToken
        );
    }

    /// <summary>Refuses a key until it is unblocked, or lets it in again.</summary>
    public Task<KeyResult> BlockAsync(KeyActor actor, KeyId id, bool blocked, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, key => (key with { Blocked = blocked }, null, null), cancellationToken);

    /// <summary>
    /// Gives a key a new secret; the one before stays valid for the overlap, any older one ends now. The result carries the
    /// new text.
    /// </summary>
    /// <param name="actor">Who changes it.</param>
    /// <param name="id">Which key.</param>
    /// <param name="overlap">Zero = the old secret ends now; at most <see cref="MostOverlap"/>.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    public Task<KeyResult> RotateAsync(
        KeyActor actor,
        KeyId id,
        TimeSpan overlap,
        CancellationToken cancellationToken
    ) =>
        overlap < TimeSpan.Zero || overlap > MostOverlap
            ? Task.FromResult(
                KeyResult.Refused(
                    KeyRefusalKind.Invalid,
                    $"overlap takes a time of 0 to {MostOverlap.TotalDays:0} days.",
                    "overlap"
                )
            )
            : ChangeAsync(
                actor,
                id,
                key =>
                {
                    var (hash, text) = ring.NewSecret(key.Id);
                    var keeps = overlap > TimeSpan.Zero;
                    var rotated = key with
                    {
                        Hash = hash,
                        PreviousHash = keeps ? key.Hash : null,
                        PreviousUntil = keeps ? time.GetUtcNow() + overlap : null,
                    };
                    return (rotated, text, null);
                },
                cancellationToken
            );

    /// <summary>Removes a key for good; ledger rows keep its id.</summary>
    public async Task<KeyResult> DeleteAsync(KeyActor actor, KeyId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await ring.LoadAsync(cancellationToken).ConfigureAwait(false);
        if (ring.Find(id) is not { } key)
        {
            return NotFound(id);
        }

        if ((Untouchable(actor, key) ?? LastAdmin(key, null)) is { } wrong)
        {
            return new KeyResult { Refusal = wrong };
        }

        var removed = await store.RemoveAsync(id, cancellationToken).ConfigureAwait(false);
        await ring.LoadAsync(cancellationToken).ConfigureAwait(false);
        return removed ? KeyResult.Of(key) : NotFound(id);
    }

    private async Task<KeyResult> ChangeAsync(
        KeyActor actor,
        KeyId id,
        Func<VirtualKey, (VirtualKey? Next, Secret? Text, KeyRefusal? Wrong)> change,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(actor);
        for (var i = 0; i < Tries; i++)
        {
            // What another process did is seen before anything is decided upon it.
            await ring.LoadAsync(cancellationToken).ConfigureAwait(false);
            if (ring.Find(id) is not { } key)
            {
                return NotFound(id);
            }

            var (next, text, wrong) = Untouchable(actor, key) is { } no ? (null, null, no) : change(key);
            if ((wrong ?? LastAdmin(key, next)) is { } refusal)
            {
                return new KeyResult { Refusal = refusal };
            }

            next = next! with { Revision = key.Revision + 1 };
            if (await store.TryReplaceAsync(next, cancellationToken).ConfigureAwait(false))
            {
                await ring.LoadAsync(cancellationToken).ConfigureAwait(false);
                return KeyResult.Of(next, text);
            }
        }

        return KeyResult.Refused(
            KeyRefusalKind.Conflict,
            $"Key '{id}' is being changed by somebody else. Look at it and try again."
        );
    }

    private static VirtualKey With(VirtualKey key, KeyDraft draft) =>
        key with
        {
            Name = draft.Name,
            Role = draft.Role,
            ExpiresAt = draft.ExpiresAt,
            Rules = draft.Rules,
        };

    // Whoever could change a stronger key could make it his own.
    private static KeyRefusal? Untouchable(KeyActor actor, VirtualKey key) =>
        actor.Is(key.Id) || KeyScope.FirstExcess(actor, KeyDraft.Of(key)) is null
            ? null
            : new KeyRefusal(
                KeyRefusalKind.Forbidden,
                $"Key '{key.Id}' may do more than yours; yours cannot change it."
            );

    // Somebody must be left who can undo it, for as long as now: an expiry is a block that comes later.
    private KeyRefusal? LastAdmin(VirtualKey before, VirtualKey? after)
    {
        var now = time.GetUtcNow();
        var held = HoldOf(before);
        return held == Hold.None
            || (after is not null && HoldOf(after) >= held)
            || ring.All.Any(other => other.Id != before.Id && HoldOf(other) >= held)
                ? null
            : held == Hold.ForGood ? Last("never expires", "Make another admin key that never expires first.")
            : Last("has not expired", "Make another admin key first.");

        Hold HoldOf(VirtualKey key) =>
            !RoleRights.Has(key.Role, AccessRights.Administer) || !key.IsValidAt(now) ? Hold.None
            : key.ExpiresAt is null ? Hold.ForGood
            : Hold.UntilExpiry;

        KeyRefusal Last(string why, string fix) =>
            new(KeyRefusalKind.Conflict, $"Key '{before.Id}' is the last one that can administer and {why}. {fix}");
    }

    private static KeyResult NotFound(KeyId id) =>
        KeyResult.Refused(KeyRefusalKind.NotFound, $"There is no key '{id}'. 'wye keys list' shows them.");

    // For how long a key can administer, the longer the larger.
    private enum Hold
    {
        None,
        UntilExpiry,
        ForGood,
    }
}
