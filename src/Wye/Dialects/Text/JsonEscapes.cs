using System.Buffers.Text;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace Wye.Dialects.Text;

/// <summary>Escapes inside JSON strings, read without exceptions; lone surrogates become U+FFFD.</summary>
internal static class JsonEscapes
{
    /// <summary>
    /// Whether a JSON text holds half of a surrogate pair as <c>\uD800</c>…<c>\uDFFF</c>. Exact for valid JSON, where
    /// backslashes stand in strings only.
    /// </summary>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> json)
    {
        // One vectorised search settles most bodies, two more nearly all; only then is each escape looked at.
        if (json.IndexOf("\\u"u8) < 0 || (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0))
        {
            return false;
        }

        while (true)
        {
            var at = json.IndexOf((byte)'\\');
            if (at < 0)
            {
                return false;
            }

            json = json[at..];
            var raw = ReadEscape(json, out var rune);
            if (rune < 0)
            {
                return true;
            }

            json = json[raw..];
        }
    }

    /// <summary>Unescapes the inside of a string literal; <paramref name="destination"/> needs at most its length.</summary>
    /// <returns>Bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> literal, Span<byte> destination)
    {
        var (read, written) = (0, 0);
        while (read <= literal.Length - Vector256<byte>.Count && written <= destination.Length - Vector256<byte>.Count)
        {
            // What stands behind an escape is copied too and written over by what follows.
            var block = Vector256.Create(literal.Slice(read, Vector256<byte>.Count));
            block.CopyTo(destination[written..]);
            var escapes = Vector256.Equals(block, Vector256.Create((byte)'\\')).ExtractMostSignificantBits();
            var plain = BitOperations.TrailingZeroCount(escapes); // of none: the whole block
            read += plain;
            written += plain;
            if (escapes != 0)
            {
                read += UnescapeOne(literal[read..], destination, ref written);
            }
        }

        while (read < literal.Length)
        {
            if (literal[read] == (byte)'\\')
            {
                read += UnescapeOne(literal[read..], destination, ref written);
            }
            else
            {
                destination[written++] = literal[read++];
            }
        }

        return written;
    }

    /// <summary>UTF-8 length of the inside of a string literal after unescaping.</summary>
    public static int UnescapedLength(ReadOnlySpan<byte> literal)
    {
        var length = 0;
        while (true)
        {
            var at = literal.IndexOf((byte)'\\');
            if (at < 0)
            {
                return length + literal.Length;
            }

            literal = literal[at..];
            var raw = ReadEscape(literal, out var scalar);
            length += at + RuneOf(scalar).Utf8SequenceLength;
            literal = literal[raw..];
        }
    }

    /// <summary>Length in the literal of its first <paramref name="unescaped"/> bytes after unescaping.</summary>
    public static int RawLengthOf(ReadOnlySpan<byte> literal, int unescaped)
    {
        var raw = 0;
        while (unescaped > 0 && raw < literal.Length)
        {
            if (literal[raw] != (byte)'\\')
            {
                raw++;
                unescaped--;
                continue;
            }

            raw += ReadEscape(literal[raw..], out var scalar);
            unescaped -= RuneOf(scalar).Utf8SequenceLength;
        }

        return raw;
    }

    /// <summary>Unescapes a short literal into <paramref name="scratch"/>, or gives it as it is when it has no escapes.</summary>
    public static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> literal, Span<byte> scratch) =>
        literal.Contains((byte)'\\') ? scratch[..Unescape(literal, scratch)] : literal;

    private static int UnescapeOne(ReadOnlySpan<byte> escape, Span<byte> destination, ref int written)
    {
        var raw = ReadEscape(escape, out var scalar);
        if (scalar is >= 0 and < 0x80)
        {
            destination[written++] = (byte)scalar;
        }
        else
        {
            written += RuneOf(scalar).EncodeToUtf8(destination[written..]);
        }

        return raw;
    }

    private static Rune RuneOf(int scalar) => scalar < 0 ? Rune.ReplacementChar : new Rune(scalar);

    /// <summary>Reads the escape at the start. <paramref name="scalar"/> is −1 for half of a pair.</summary>
    /// <returns>Its length.</returns>
    private static int ReadEscape(ReadOnlySpan<byte> text, out int scalar)
    {
        if (text.Length < 2)
        {
            scalar = '\\';
            return text.Length;
        }

        if (text[1] != (byte)'u')
        {
            scalar = text[1] switch
            {
                (byte)'n' => '\n',
                (byte)'t' => '\t',
                (byte)'r' => '\r',
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                var other => other,
            };
            return 2;
        }

        const int Single = 6;
        const int Pair = 12;
        if (!TryReadUnit(text, out scalar))
        {
            scalar = -1;
            return Math.Min(Single, text.Length);
        }

        if (!char.IsSurrogate((char)scalar))
        {
            return Single;
        }

        if (
            char.IsHighSurrogate((char)scalar)
            && TryReadUnit(text[Single..], out var low)
            && char.IsLowSurrogate((char)low)
        )
        {
            scalar = char.ConvertToUtf32((char)scalar, (char)low);
            return Pair;
        }

        scalar = -1;
        return Single;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out int unit)
    {
        unit = 0;
        return text.Length >= 6
            && text[0] == (byte)'\\'
            && text[1] == (byte)'u'
            && Utf8Parser.TryParse(text.Slice(2, 4), out unit, out var consumed, 'x')
            && consumed == 4;
    }
}
