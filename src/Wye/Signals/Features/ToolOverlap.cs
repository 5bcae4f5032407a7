namespace Wye.Signals.Features;

/// <summary>How much a request and its tools speak of the same things: a request that no tool fits is hard to refuse.</summary>
/// <remarks>
/// A word is a run of ASCII letters, cut where small letters turn to capitals, and known by its first five letters
/// whatever their case; shorter words than four letters do not count.
/// </remarks>
internal static class ToolOverlap
{
    private const int LeastLetters = 4;
    private const int StemLetters = 5;
    private const int SetWords = 128;

    /// <summary>Share of the request's words that tool definitions hold, and share of the tool names' words the request holds; each 0..1.</summary>
    /// <param name="user">Last user turn, UTF-8; of a long one the head is read.</param>
    /// <param name="tools">Tool definitions as JSON; of long ones the head is read.</param>
    public static (float Words, float Names) Of(ReadOnlySpan<byte> user, ReadOnlySpan<byte> tools)
    {
        user = user[..Math.Min(user.Length, FeatureLayout.HeadBytes)];
        tools = tools[..Math.Min(tools.Length, FeatureLayout.HeadBytes)];
        Span<ulong> defined = stackalloc ulong[SetWords];
        Span<ulong> asked = stackalloc ulong[SetWords];
        Span<ulong> named = stackalloc ulong[SetWords];
        defined.Clear();
        asked.Clear();
        named.Clear();
        Share(tools, defined, within: []);
        float words = Share(user, asked, within: defined);
        int hits = 0;
        int count = 0;
        while (NextName(ref tools) is { Length: > 0 } name)
            Collect(name, named, asked, ref hits, ref count);
        return (words, count > 0 ? hits / (float)count : 0);
    }

    private static float Share(ReadOnlySpan<byte> text, Span<ulong> seen, ReadOnlySpan<ulong> within)
    {
        int hits = 0;
        int count = 0;
        Collect(text, seen, within, ref hits, ref count);
        return count > 0 ? hits / (float)count : 0;
    }

    // Adds the text's words to a set, and counts the new ones and those of them another set holds.
    private static void Collect(
        ReadOnlySpan<byte> text,
        Span<ulong> seen,
        ReadOnlySpan<ulong> within,
        ref int hits,
        ref int count
    )
    {
        ulong stem = 0;
        int letters = 0;
        bool small = false;
        for (int i = 0; i <= text.Length; i++)
        {
            byte c = i < text.Length ? text[i] : (byte)' ';
            bool letter = char.IsAsciiLetter((char)c);
            bool capital = char.IsAsciiLetterUpper((char)c);
            if (!letter || (capital && small))
            {
                if (letters >= LeastLetters && Add(seen, stem))
                {
                    count++;
                    hits += Holds(within, stem) ? 1 : 0;
                }

                (stem, letters) = (0, 0);
            }

            small = letter && !capital;
            if (letter && letters++ < StemLetters)
                stem = (stem << 8) | (uint)(c | 0x20);
        }
    }

    /// <summary>Next value of a "name" key, and moves past it; empty when there is none. A property that is called so is no name.</summary>
    public static ReadOnlySpan<byte> NextName(ref ReadOnlySpan<byte> json)
    {
        while (json.IndexOf("\"name\""u8) is var at and >= 0)
        {
            json = json[(at + 6)..];
            ReadOnlySpan<byte> value = json.TrimStart(" :\t\r\n"u8);
            if (value.IsEmpty || value[0] != '"')
                continue;
            value = value[1..];
            int end = value.IndexOf((byte)'"');
            if (end > 0)
                return value[..end];
        }

        return default;
    }

    private static bool Add(Span<ulong> set, ulong stem)
    {
        int bit = Bit(stem);
        ref ulong word = ref set[bit >> 6];
        ulong before = word;
        word |= 1UL << bit;
        return word != before;
    }

    private static bool Holds(ReadOnlySpan<ulong> set, ulong stem) =>
        !set.IsEmpty && (set[Bit(stem) >> 6] & (1UL << Bit(stem))) != 0;

    private static int Bit(ulong stem) => (int)((stem * 0x9E3779B97F4A7C15UL) >> 51);
}
