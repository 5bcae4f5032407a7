using System.Collections.Frozen;

namespace Wye.Architecture;

/// <summary>Which room may use which: a room uses only rooms of lower floors, and of those only the ones named here.</summary>
internal static class RoomTable
{
    /// <summary>Used by all.</summary>
    public const string Ground = "Primitives";

    /// <summary>Uses all.</summary>
    public const string Roof = "Hosting";

    public static readonly FrozenDictionary<string, Room> Rooms = new Room[]
    {
        new("Primitives", 0, []),
        new("Chat", 1, []),
        new("Catalog", 1, []),
        new("Dialects", 2, ["Chat"]),
        new("Signals", 2, ["Chat"]),
        new("Health", 2, ["Catalog"]),
        new("Ledger", 2, ["Catalog"]),
        new("Access", 2, []),
        new("Sessions", 2, ["Chat"]),
        new("Gates", 2, ["Chat"]),
        new("Providers", 3, ["Chat", "Catalog", "Dialects"]),
        new("Quality", 3, ["Chat", "Catalog", "Signals"]),
        new("Routing", 4, ["Chat", "Catalog", "Signals", "Health", "Ledger", "Access", "Sessions", "Quality"]),
        new("Delivery", 5, ["Routing", "Gates", "Health", "Ledger", "Sessions", "Chat", "Catalog"]),
        new("Workflows", 6, ["Delivery", "Routing", "Ledger", "Chat"]),
        new("Learning", 6, ["Delivery", "Quality", "Routing", "Gates", "Signals", "Catalog"]),
        new("Hosting", 7, []),
    }.ToFrozenDictionary(room => room.Name, StringComparer.Ordinal);

    public static bool MayUse(string room, string used) =>
        string.Equals(room, used, StringComparison.Ordinal)
        || used is Ground
        || room is Roof
        || (Rooms.TryGetValue(room, out var known) && known.Uses.Contains(used, StringComparer.Ordinal));

    internal sealed record Room(string Name, int Floor, string[] Uses);
}
