using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Wye.Cli.Demo;

/// <summary>The sample prompts of <c>samples/prompts</c>, which are built into the program.</summary>
internal static class DemoPrompts
{
    private static readonly string[] Files = ["support.jsonl", "engineering.jsonl", "office.jsonl"];

    // The files go from easy to hard; traffic does not.
    private const int Seed = 1;

    /// <summary>All of them, shuffled; in the same order at every call.</summary>
    public static ImmutableArray<DemoPrompt> Load()
    {
        var prompts = Files.SelectMany(Read).ToArray();
        new Random(Seed).Shuffle(prompts);
        return ImmutableCollectionsMarshal.AsImmutableArray(prompts);
    }

    /// <summary>Reads one prompt.</summary>
    internal static DemoPrompt Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return new DemoPrompt(
            root.GetProperty("id").GetString()!,
            root.GetProperty("prompt").GetString()!,
            root.GetProperty("difficulty").GetString()!,
            root.GetProperty("difficulty_value").GetDouble(),
            root.GetProperty("step_kind").GetString()!
        )
        {
            Tools = Flag(root, "tools"),
            Schema = Flag(root, "schema"),
        };
    }

    private static List<DemoPrompt> Read(string name)
    {
        using var stream =
            typeof(DemoPrompts).Assembly.GetManifestResourceStream("prompts/" + name)
            ?? throw new InvalidOperationException($"The sample prompts '{name}' are not built in.");
        using var reader = new StreamReader(stream);
        var prompts = new List<DemoPrompt>();
        while (reader.ReadLine() is { } line)
        {
            prompts.Add(Parse(line));
        }

        return prompts;
    }

    private static bool Flag(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
