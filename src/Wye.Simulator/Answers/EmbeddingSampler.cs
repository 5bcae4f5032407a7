using System.Text;

namespace Wye.Simulator.Answers;

/// <summary>Deterministic unit vectors: texts that share words lie close together.</summary>
/// <remarks>Sum over words of a pseudo-random direction seeded by the word, then L2-normalised.</remarks>
internal static class EmbeddingSampler
{
    public static float[] Of(ulong seed, string text, int dimensions)
    {
        var vector = new float[dimensions];
        var words = text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words.Length == 0 ? [""] : words)
        {
            var state = StableHash.Of(seed, word);
            for (var i = 0; i < dimensions; i++)
            {
                state = StableHash.Mix(state);
                vector[i] += (float)((2 * StableHash.Unit(state)) - 1);
            }
        }

        var norm = MathF.Sqrt(vector.Sum(v => v * v));
        for (var i = 0; i < dimensions; i++)
        {
            vector[i] /= norm;
        }

        return vector;
    }

    public static int Tokens(string text) => Math.Max(1, Tokenizer.Count(Encoding.UTF8.GetByteCount(text)));
}
