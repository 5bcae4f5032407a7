using System.Security.Cryptography;
using System.Text;

namespace Wye.Learning.Training.Corpora;

/// <summary>Questions set aside before training, so that a router can be judged on what it never saw.</summary>
internal static class GuardSplit
{
    /// <summary>One question in this many is set aside.</summary>
    public const int OneIn = 10;

    private const ulong Salt = 0x6775617264;

    /// <summary>Whether a question belongs to the guard split; depends on its text and the seed only.</summary>
    public static bool Holds(string key, ulong seed) => Folds.Of(key, OneIn, seed ^ Salt) == 0;

    /// <summary>SHA-256 over the sorted keys' hashes, lower-case hex: proves which questions were set aside.</summary>
    public static string HashOf(IEnumerable<string> keys)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string one in keys.Distinct(StringComparer.Ordinal).Select(KeyHash).Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.ASCII.GetBytes(one));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string KeyHash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
