namespace Wye.Testing;

/// <summary>Words of the own-written world that the tests' tiny router is trained on.</summary>
public static class TinyWords
{
    /// <summary>Those that every model of that world can answer about.</summary>
    public static IReadOnlyList<string> Easy { get; } =
    ["apple", "house", "river", "garden", "letter", "window", "summer", "bread"];
}
