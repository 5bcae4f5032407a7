using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace Wye.Dialects.Text;

/// <content>Ends of strings, found a block at a time.</content>
internal ref partial struct JsonTokens
{
    private const int BlockSize = 64;
    private const int UnitLength = 6;

    private void ReadString()
    {
        _start = _at;
        var at = _at + 1;
        var escaped = false;
        while (at <= _json.Length - BlockSize)
        {
            // All that a block holds is found by one comparison; what an escape covers is no stop.
            var stops = StopsOf(_json.Slice(at, BlockSize));
            var next = BlockSize;
            while (stops != 0)
            {
                var stop = BitOperations.TrailingZeroCount(stops);
                if (_json[at + stop] == (byte)'"')
                {
                    EndString(at + stop, escaped);
                    return;
                }

                escaped = true;
                stop += EscapeLength(_json[(at + stop)..]);
                next = Math.Max(next, stop);
                stops = stop < BlockSize ? stops & (ulong.MaxValue << stop) : 0;
            }

            at += next;
        }

        while (at < _json.Length && _json[at] != (byte)'"')
        {
            var isEscape = _json[at] is (byte)'\\' or < (byte)' ';
            escaped |= isEscape;
            at += isEscape ? EscapeLength(_json[at..]) : 1;
        }

        if (at >= _json.Length)
        {
            throw NotJson();
        }

        EndString(at, escaped);
    }

    private void EndString(int quote, bool escaped)
    {
        ValueSpan = _json[(_start + 1)..quote];
        ValueIsEscaped = escaped;
        _at = quote + 1;
    }

    /// <summary>Which bytes of a block are quotes, backslashes or control characters, the first in the lowest bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong StopsOf(ReadOnlySpan<byte> block)
    {
        var head = StopsOf(Vector256.Create(block[..Vector256<byte>.Count]));
        var tail = StopsOf(Vector256.Create(block[Vector256<byte>.Count..]));
        return head | ((ulong)tail << Vector256<byte>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint StopsOf(Vector256<byte> half) =>
        (
            Vector256.Equals(half, Vector256.Create((byte)'"'))
            | Vector256.Equals(half, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(half, Vector256.Create((byte)' '))
        ).ExtractMostSignificantBits();

    /// <summary>Length of the escape at the start of a text.</summary>
    /// <exception cref="JsonException">It is none: another character, or one that JSON does not know.</exception>
    private int EscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != (byte)'\\')
        {
            throw NotJson();
        }

        switch (text[1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/':
            case (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return 2;
            case (byte)'u':
                HasUnicodeEscapes = true;
                return IsUnit(text) ? UnitLength : throw NotJson();
            default:
                throw NotJson();
        }
    }

    private static bool IsUnit(ReadOnlySpan<byte> text) =>
        text.Length >= UnitLength
        && char.IsAsciiHexDigit((char)text[2])
        && char.IsAsciiHexDigit((char)text[3])
        && char.IsAsciiHexDigit((char)text[4])
        && char.IsAsciiHexDigit((char)text[5]);
}
