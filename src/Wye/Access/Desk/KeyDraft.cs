namespace Wye.Access.Desk;

/// <summary>What may be said of a key from outside: everything else (id, hash, who made it when) is never taken from a caller.</summary>
public sealed record KeyDraft
{
    /// <summary>What people call it; at most 100 printable characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it may do; default calls models only.</summary>
    public AccessRole Role { get; init; } = AccessRole.DataPlane;

    /// <summary>From when it is not valid any more, UTC; null = never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What it is bound to.</summary>
    public KeyRules Rules { get; init; } = KeyRules.None;

    /// <summary>What a key says of itself in these terms.</summary>
    public static KeyDraft Of(VirtualKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new()
        {
            Name = key.Name,
            Role = key.Role,
            ExpiresAt = key.ExpiresAt,
            Rules = key.Rules,
        };
    }
}
