using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Wye.Primitives;

namespace Wye.Access.Secrets;

/// <summary>The text of a key: <c>sk-wye-&lt;id&gt;-&lt;secret&gt;</c>; id 1..32 of a-z 0-9, secret 256 random bits as base64url.</summary>
internal static class ApiKeyFormat
{
    public const int SecretLength = 43;
    private const string Prefix = "sk-wye-";
    private const int MaxIdLength = 32;
    private const int SecretBytes = 32;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789"
    );

    private static readonly SearchValues<char> SecretCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    /// <summary>A new id: 64 random bits.</summary>
    public static KeyId NewId() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));

    /// <summary>A new secret part.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static string Write(KeyId id, string secret) => $"{Prefix}{id.Value}-{secret}";

    /// <summary>Takes a text apart without copying; false = not the form of a key.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out ReadOnlySpan<char> id, out ReadOnlySpan<char> secret)
    {
        id = secret = default;
        var idLength = text.Length - Prefix.Length - 1 - SecretLength;
        if (idLength is < 1 or > MaxIdLength || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var readId = text.Slice(Prefix.Length, idLength);
        var readSecret = text[^SecretLength..];
        if (
            text[Prefix.Length + idLength] != '-'
            || readId.ContainsAnyExcept(IdCharacters)
            || readSecret.ContainsAnyExcept(SecretCharacters)
        )
        {
            return false;
        }

        id = readId;
        secret = readSecret;
        return true;
    }
}
