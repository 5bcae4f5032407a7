using System.Buffers;
using System.Text;
using Wye.Chat;

namespace Wye.Dialects.Text;

/// <summary>Finds a leading <c>/model NAME</c> line in the text of the last user message.</summary>
internal static class DirectiveLine
{
    /// <summary>Longest name taken, in bytes.</summary>
    public const int MaxNameLength = 128;

    private static readonly SearchValues<byte> Breaks = SearchValues.Create("\r\n"u8);

    /// <summary>Reads the line; null = there is none.</summary>
    /// <param name="body">The raw body.</param>
    /// <param name="literal">The text's string literal in the body, with its quotes.</param>
    /// <param name="text">The text, unescaped.</param>
    public static ModelDirective? Read(ReadOnlySpan<byte> body, ByteRange literal, ReadOnlyMemory<byte> text)
    {
        var utf8 = text.Span;
        if (!utf8.StartsWith("/model"u8))
        {
            return null;
        }

        var end = utf8.IndexOfAny(Breaks);
        var line = end < 0 ? utf8 : utf8[..end];
        var rest = line["/model".Length..];
        var name = rest.Trim(" \t"u8);
        if (name.IsEmpty || name.Length > MaxNameLength || rest[0] is not ((byte)' ' or (byte)'\t') || !IsName(name))
        {
            return null;
        }

        var cut = RestAfter(utf8, line.Length);
        var inside = body.Slice(literal.Start + 1, literal.Length - 2);
        var raw = JsonEscapes.RawLengthOf(inside, cut);
        return new ModelDirective(Encoding.UTF8.GetString(name), new ByteRange(literal.Start + 1, raw));
    }

    private static int RestAfter(ReadOnlySpan<byte> text, int line) =>
        line == text.Length ? line
        : text[line..].StartsWith("\r\n"u8) ? line + 2
        : line + 1;

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var b in name)
        {
            if (b is <= (byte)' ' or >= 0x7F)
            {
                return false;
            }
        }

        return true;
    }
}
