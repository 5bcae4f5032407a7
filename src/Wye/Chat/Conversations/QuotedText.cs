using System.Security.Cryptography;
using System.Text;

namespace Wye.Chat.Conversations;

/// <summary>Puts foreign text between marks that it cannot write itself, so that a judge can tell data from orders.</summary>
/// <remarks>The marks are a keyed hash of what stands between them; the key is made at start and never leaves the process.</remarks>
internal static class QuotedText
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The mark of these texts: 16 hexadecimal digits.</summary>
    public static string Mark(params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key);
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    /// <summary>The text between marks.</summary>
    public static string Around(string name, string mark, string text) => $"<{name}-{mark}>\n{text}\n</{name}-{mark}>";

    /// <summary>At most so many characters, from the beginning and the end.</summary>
    public static string Shorten(string text, int most) =>
        text.Length <= most
            ? text
            : string.Concat(text.AsSpan(0, most / 2), "\n[…]\n", text.AsSpan(text.Length - (most / 2)));
}
