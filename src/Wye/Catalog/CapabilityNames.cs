namespace Wye.Catalog;

/// <summary>Short names of <see cref="Capabilities"/> as they stand in tables and configuration.</summary>
public static class CapabilityNames
{
    private static readonly (string Name, Capabilities Value)[] Names =
    [
        ("stream", Capabilities.Streaming),
        ("tools", Capabilities.Tools),
        ("vision", Capabilities.Vision),
        ("audio", Capabilities.Audio),
        ("files", Capabilities.Files),
        ("json", Capabilities.JsonMode),
        ("schema", Capabilities.JsonSchema),
        ("logprobs", Capabilities.LogProbs),
        ("prefill", Capabilities.AssistantPrefill),
        ("reasoning", Capabilities.Reasoning),
        ("cache", Capabilities.PromptCache),
        ("completions", Capabilities.Completions),
    ];

    /// <summary>Every name, in the order of the flags.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Select(pair => pair.Name)];

    /// <summary>Reads one name; ordinal.</summary>
    public static bool TryParse(string name, out Capabilities capability)
    {
        foreach (var (known, value) in Names)
        {
            if (string.Equals(known, name, StringComparison.Ordinal))
            {
                capability = value;
                return true;
            }
        }

        capability = Capabilities.None;
        return false;
    }

    /// <summary>The names of the flags that are set, in the order of the flags.</summary>
    public static IEnumerable<string> Of(Capabilities capabilities) =>
        Names.Where(pair => (capabilities & pair.Value) != Capabilities.None).Select(pair => pair.Name);

    internal static Capabilities ParseAll(IEnumerable<string> names) =>
        names.Aggregate(
            Capabilities.None,
            (all, name) =>
                TryParse(name, out var one) ? all | one : throw new FormatException($"no capability '{name}'.")
        );
}
