using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wye.Gates.Texts;

/// <summary>Finds a letter that stands alone, as unknowns do: <c>let n be</c>. Not a, i and x, which are words and signs.</summary>
internal static class LoneLetter
{
    /// <summary>Whether there is one, with a character on both sides of it.</summary>
    public static bool StandsIn(ReadOnlySpan<char> text)
    {
        var at = 1;
        if (Vector128.IsHardwareAccelerated)
        {
            // Eight places at a time: an ASCII letter between two characters that are none. What is so is looked at closely.
            var letters = MemoryMarshal.Cast<char, ushort>(text);
            for (; at + Vector128<ushort>.Count < text.Length; at += Vector128<ushort>.Count)
            {
                var alone = Letters(letters, at) & ~(Letters(letters, at - 1) | Letters(letters, at + 1));
                if (alone != Vector128<ushort>.Zero && IsIn(text, at, at + Vector128<ushort>.Count))
                {
                    return true;
                }
            }
        }

        return IsIn(text, at, text.Length - 1);
    }

    private static Vector128<ushort> Letters(ReadOnlySpan<ushort> text, int at)
    {
        var small = Vector128.Create(text.Slice(at, Vector128<ushort>.Count)) | Vector128.Create((ushort)0x20);
        return Vector128.LessThan(small - Vector128.Create((ushort)'a'), Vector128.Create((ushort)26));
    }

    private static bool IsIn(ReadOnlySpan<char> text, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (
                char.IsAsciiLetter(text[i])
                && (text[i] | 0x20) is not ('a' or 'i' or 'x')
                && IsBorder(text[i - 1])
                && IsBorder(text[i + 1])
            )
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBorder(char c) => !char.IsLetter(c) && c is not ('\'' or '’');
}
