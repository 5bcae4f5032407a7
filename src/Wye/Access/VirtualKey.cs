using System.Collections.Immutable;
using Wye.Primitives;

namespace Wye.Access;

/// <summary>A key as it is stored: never its secret, only a hash that is no credential itself.</summary>
public sealed record VirtualKey
{
    /// <summary>Public id; part of the key's text, unique.</summary>
    public required KeyId Id { get; init; }

    /// <summary>What it may do.</summary>
    public required AccessRole Role { get; init; }

    /// <summary>HMAC-SHA-256 of the secret part under the pepper; 32 bytes.</summary>
    public required ImmutableArray<byte> Hash { get; init; }

    /// <summary>Mark of the pepper the hash was made with: a lost pepper is told from a wrong key.</summary>
    public required string PepperMark { get; init; }

    /// <summary>When it was made, UTC; kept to the microsecond.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
