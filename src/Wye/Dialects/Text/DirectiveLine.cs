using System.Buffers;
using System.Text;
using System.Text.Json;
using Wye.Chat.Bodies;

namespace Wye.Dialects.Text;

/// <summary>Finds a leading <c>/model NAME</c> line in the text of the last user message.</summary>
internal static class DirectiveLine
{
    /// <summary>Longest name taken, in bytes.</summary>
    public const int MaxNameLength = 128;

    private static readonly SearchValues<byte> Breaks = SearchValues.Create("\r\n"u8);

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

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
        return new ModelDirective(Encoding.UTF8.GetString(name), CutOf(body, literal, cut, utf8[cut..]));
    }

    // The line; where no more than blanks would be left of one part among others, the part, for providers refuse empty ones.
    private static ByteRange CutOf(ReadOnlySpan<byte> body, ByteRange literal, int cut, ReadOnlySpan<byte> rest)
    {
        if (rest.Trim(Blanks).IsEmpty && PartAround(body, literal.Start) is { } part)
        {
            return part;
        }

        var inside = body.Slice(literal.Start + 1, literal.Length - 2);
        return new ByteRange(literal.Start + 1, JsonEscapes.RawLengthOf(inside, cut));
    }

    /// <summary>The element of a message's array of parts that a text stands in, and a comma beside it; null = it has no neighbour.</summary>
    private static ByteRange? PartAround(ReadOnlySpan<byte> body, int text)
    {
        var json = new JsonTokens(body, JsonTokens.MostDepth);
        Span<int> opened = stackalloc int[JsonTokens.MostDepth + 1];
        var arrays = 0;
        while (json.Read() && json.TokenStartIndex < text)
        {
            opened[json.CurrentDepth] = json.TokenStartIndex;
            arrays +=
                json.TokenType == JsonTokenType.StartArray ? 1
                : json.TokenType == JsonTokenType.EndArray ? -1
                : 0;
        }

        // Messages are an array; only the parts of one are a second.
        const int ofParts = 2;
        if (arrays != ofParts)
        {
            return null;
        }

        var depth = json.CurrentDepth - 1;
        var start = opened[depth];
        while (json.CurrentDepth > depth)
        {
            json.Read();
        }

        var end = json.BytesConsumed;
        var after = body.Length - body[end..].TrimStart(Blanks).Length;
        if (body[after] == (byte)',')
        {
            return new ByteRange(start, after + 1 - start);
        }

        var before = body[..start].TrimEnd(Blanks).Length - 1;
        return body[before] == (byte)',' ? new ByteRange(before, end - before) : null;
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
