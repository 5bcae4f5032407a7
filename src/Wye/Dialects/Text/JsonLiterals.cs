using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Wye.Dialects.Text;

/// <summary>Writes single JSON values without a writer object.</summary>
internal static class JsonLiterals
{
    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/@ "
    );

    /// <summary>Writes a string with its quotes, escaped so that it is safe in HTML too.</summary>
    public static void WriteString(IBufferWriter<byte> output, string value)
    {
        var text = value.AsSpan().ContainsAnyExcept(PlainCharacters) ? JavaScriptEncoder.Default.Encode(value) : value;
        var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length) + 2);
        span[0] = (byte)'"';
        var length = Encoding.UTF8.GetBytes(text, span[1..]);
        span[length + 1] = (byte)'"';
        output.Advance(length + 2);
    }

    /// <summary>Writes an integer.</summary>
    public static void WriteNumber(IBufferWriter<byte> output, long value)
    {
        const int LongestLong = 20;
        var span = output.GetSpan(LongestLong);
        _ = value.TryFormat(span, out var length, provider: System.Globalization.CultureInfo.InvariantCulture);
        output.Advance(length);
    }
}
