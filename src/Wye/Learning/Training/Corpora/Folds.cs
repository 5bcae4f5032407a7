using Wye.Learning.Numerics;

namespace Wye.Learning.Training.Corpora;

/// <summary>Deterministic splits: a question's fold depends on its normalised text and the seed only.</summary>
internal static class Folds
{
    /// <summary>32-bit hash of a normalised question.</summary>
    public static int HashOf(string key)
    {
        ulong hash = 14695981039346656037UL;
        foreach (char c in key)
            hash = (hash ^ c) * 1099511628211UL;
        return (int)(new Gaussian(hash).NextBits() >> 32);
    }

    /// <summary>Fold 0..count − 1 of a question.</summary>
    public static int Of(string key, int count, ulong seed)
    {
        ulong hash = 14695981039346656037UL;
        foreach (char c in key)
            hash = (hash ^ c) * 1099511628211UL;
        return (int)(new Gaussian(hash ^ (seed * 0x9E3779B97F4A7C15UL)).NextBits() % (ulong)count);
    }
}
