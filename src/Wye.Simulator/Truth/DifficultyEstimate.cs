namespace Wye.Simulator.Truth;

/// <summary>The difficulty of a prompt nobody rated: a hidden vocabulary plus seeded noise that no router can read off the text.</summary>
/// <remarks>
/// difficulty = clamp(0.30 + 0.12 · hits + 0.05 · ln(1 + words / 40) + 0.22 · g, 0.02, 0.98), hits = hidden words met, at most 4,
/// g = sum of three uniforms on (-1, 1), drawn from (seed, prompt): about as much noise as signal.
/// </remarks>
internal static class DifficultyEstimate
{
    private static readonly string[] s_hidden =
    [
        "prove",
        "theorem",
        "derive",
        "trade-off",
        "architect",
        "consensus",
        "concurren",
        "refactor",
        "optimi",
        "diagnos",
        "legal",
        "counterexample",
        "distributed",
        "strategy",
        "integral",
        "why does",
    ];

    public static double Of(ulong seed, string key)
    {
        var hits = 0;
        foreach (var word in s_hidden)
        {
            if (hits < 4 && key.Contains(word, StringComparison.Ordinal))
            {
                hits++;
            }
        }

        var words = key.AsSpan().Count(' ') + 1;
        var h = StableHash.Of(seed ^ 0xD1FF, key);
        var g = 0.0;
        for (var i = 0; i < 3; i++)
        {
            h = StableHash.Mix(h);
            g += (2 * StableHash.Unit(h)) - 1;
        }

        return Math.Clamp(0.30 + (0.12 * hits) + (0.05 * Math.Log(1 + (words / 40.0))) + (0.22 * g), 0.02, 0.98);
    }
}
