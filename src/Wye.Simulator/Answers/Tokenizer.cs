namespace Wye.Simulator.Answers;

/// <summary>The Simulator's own way to count: one token per four UTF-8 bytes, rounded up per text.</summary>
internal static class Tokenizer
{
    /// <summary>Bytes per token.</summary>
    public const int BytesPerToken = 4;

    /// <summary>Tokens each message costs beyond its text.</summary>
    public const int PerMessage = 4;

    /// <summary>Tokens each request costs beyond its messages.</summary>
    public const int PerRequest = 3;

    /// <summary>An image sent with low detail.</summary>
    public const int LowDetailImage = 85;

    /// <summary>Any other image.</summary>
    public const int Image = 765;

    public static int Count(int utf8Bytes) => (utf8Bytes + BytesPerToken - 1) / BytesPerToken;

    public static long Count(long utf8Bytes) => (utf8Bytes + BytesPerToken - 1) / BytesPerToken;

    /// <summary>The longest prefix of at most <paramref name="tokens"/> tokens that does not split a character.</summary>
    public static int PrefixLength(ReadOnlySpan<byte> utf8, long tokens)
    {
        if (tokens >= Count(utf8.Length))
        {
            return utf8.Length;
        }

        var length = (int)tokens * BytesPerToken;
        while (length > 0 && (utf8[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return length;
    }
}
