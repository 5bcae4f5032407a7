namespace Wye.Catalog;

/// <summary>Names of <see cref="ModelKind"/> as they stand in tables and configuration.</summary>
public static class ModelKinds
{
    /// <summary>Every name, in the order of the kinds.</summary>
    public static IReadOnlyList<string> All { get; } = ["chat", "special", "embedding"];

    /// <summary>The name of a kind.</summary>
    public static string Name(this ModelKind kind) => All[(int)kind];

    /// <summary>Reads a name; ordinal.</summary>
    public static bool TryParse(string name, out ModelKind kind)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (string.Equals(All[i], name, StringComparison.Ordinal))
            {
                kind = (ModelKind)i;
                return true;
            }
        }

        kind = ModelKind.Chat;
        return false;
    }
}
