using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Access;

/// <summary>A key as it is stored: never its secret, only a hash that is no credential itself. Immutable.</summary>
public sealed record VirtualKey
{
    /// <summary>Public id; part of the key's text, unique.</summary>
    public required KeyId Id { get; init; }

    /// <summary>What people call it; empty = it has no name. Not unique.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it may do.</summary>
    public required AccessRole Role { get; init; }

    /// <summary>HMAC-SHA-256 of the secret part under the pepper; 32 bytes.</summary>
    public required ImmutableArray<byte> Hash { get; init; }

    /// <summary>The same of the secret before the last rotation; null = there is none.</summary>
    public ImmutableArray<byte>? PreviousHash { get; init; }

    /// <summary>Until when the secret before the last rotation is valid, UTC; null = it is not.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>Mark of the pepper the hashes were made with: a lost pepper is told from a wrong key.</summary>
    public required string PepperMark { get; init; }

    /// <summary>When it was made, UTC; kept to the microsecond.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it: a key's id, or a word such as <c>cli</c>; empty = the first start.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>From when it is not valid any more, UTC; null = never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it is refused until it is unblocked.</summary>
    public bool Blocked { get; init; }

    /// <summary>What it is bound to.</summary>
    public KeyRules Rules { get; init; } = KeyRules.None;

    /// <summary>Counts changes, from 1: of two who change it at once, the second one is told.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Whether it may be used at a moment.</summary>
    public bool IsValidAt(DateTimeOffset now) => !Blocked && !(now >= ExpiresAt);
}
