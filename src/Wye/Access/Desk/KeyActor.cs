using Wye.Primitives;

namespace Wye.Access.Desk;

/// <summary>Who changes keys: bounds what may be given away.</summary>
/// <param name="Name">Written beside the keys it makes.</param>
/// <param name="Own">What the actor itself is bound to; null = whoever can write the store's file, bound to nothing.</param>
public sealed record KeyActor(string Name, VirtualKey? Own)
{
    /// <summary>The person at the machine, who can write the store anyway.</summary>
    public static KeyActor Local { get; } = new("cli", null);

    /// <summary>Whoever came with a key.</summary>
    public static KeyActor Of(VirtualKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(key.Id.Value, key);
    }

    /// <summary>Whether it is the same key.</summary>
    internal bool Is(KeyId id) => Own?.Id == id;
}
