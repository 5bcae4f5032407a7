namespace Wye.Dialects.Translation;

/// <summary>Addresses that hold their bytes: <c>data:image/png;base64,…</c>.</summary>
internal static class TextUrl
{
    /// <summary>Parts such an address; false = it is none in base64.</summary>
    public static bool TryRead(string url, out string mediaType, out string base64)
    {
        (mediaType, base64) = ("", "");
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || comma < 0)
        {
            return false;
        }

        var head = url["data:".Length..comma];
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

    /// <summary>Makes such an address.</summary>
    public static string Of(string mediaType, string base64) => $"data:{mediaType};base64,{base64}";

    /// <summary>Whether it is an address that a provider can fetch.</summary>
    public static bool IsHttp(string url) =>
        url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
}
