using System.Text;
using System.Text.Json;

namespace Wye.Dialects.Translation;

/// <summary>Addresses that hold their bytes: <c>data:image/png;base64,…</c>.</summary>
internal static class TextUrl
{
    private const int SchemeLength = 5; // data:

    /// <summary>Parts such an address; false = it is none in base64.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> url, out string mediaType, out ReadOnlyMemory<byte> base64)
    {
        (mediaType, base64) = ("", default);
        var comma = StartsWith(url.Span, "data:"u8) ? url.Span.IndexOf((byte)',') : -1;
        if (comma < 0)
        {
            return false;
        }

        var head = Encoding.UTF8.GetString(url.Span[SchemeLength..comma]);
        if (!head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var end = head.IndexOf(';', StringComparison.Ordinal);
        mediaType = head[..end].ToLowerInvariant();
        // What many write, and no provider's list has.
        mediaType = mediaType == "image/jpg" ? "image/jpeg" : mediaType;
        base64 = url[(comma + 1)..];
        return mediaType.Length > 0;
    }

    /// <summary>Writes such an address as a value.</summary>
    public static void Write(Utf8JsonWriter json, string? mediaType, ReadOnlySpan<byte> base64)
    {
        json.WriteStringValueSegment(Encoding.UTF8.GetBytes($"data:{mediaType};base64,"), isFinalSegment: false);
        json.WriteStringValueSegment(base64, isFinalSegment: true);
    }

    /// <summary>Whether it is an address that a provider can fetch.</summary>
    public static bool IsHttp(string url) =>
        url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc cref="IsHttp(string)"/>
    public static bool IsHttp(ReadOnlySpan<byte> url) => StartsWith(url, "https://"u8) || StartsWith(url, "http://"u8);

    private static bool StartsWith(ReadOnlySpan<byte> url, ReadOnlySpan<byte> scheme) =>
        url.Length >= scheme.Length && Ascii.EqualsIgnoreCase(url[..scheme.Length], scheme);
}
