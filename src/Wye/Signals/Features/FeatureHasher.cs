using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Wye.Signals.Features;

/// <summary>Reads hashed word 1–2-grams, character 3–5-grams and scalar features from UTF-8 text.</summary>
/// <remarks>
/// Letters are lower-cased (ASCII), runs of whitespace count as one space, digits are reduced to the length of their
/// run; courtesies at the end of the user turn are left out. Hashing is signed (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009), so that
/// collisions cancel in expectation. Of a long text the head and the tail are read, <see cref="FeatureLayout.HeadBytes"/> and
/// <see cref="FeatureLayout.TailBytes"/>, so that the time is bounded. Stateless and thread-safe; the result is in the caller's vector.
/// </remarks>
internal static class FeatureHasher
{
    private const uint WordSeed = 0x9E3779B9;
    private const uint SystemSeed = 0x85EBCA6B;
    private const uint ToolsSeed = 0xC2B2AE35;

    // Most character grams that end at a byte.
    private const int CharGrams = 3;

    /// <summary>Fills <paramref name="vector"/> with the features of <paramref name="prompt"/>.</summary>
    public static void Read(in PromptText prompt, FeatureVector vector)
    {
        ReadOnlySpan<byte> user = TrailingPoliteness.Cut(prompt.User);
        vector.StartWords();
        FoldedText folded = vector.User;
        int head = Fold(user, folded);
        var scalars = new ScalarCounter();
        var words = new WordReader(WordSeed, 1f);
        words.Read(folded, vector, ref scalars);
        scalars.Write(folded, vector.Scalars);
        ReadSystem(prompt.System, vector);
        ReadTools(user, prompt.Tools, vector);

        vector.StartChars();
        folded.LevelDigits();
        ReadChars(folded.WithMargin[..(FoldedText.Margin + head - 1)], FoldedText.Margin, vector);
        if (head < folded.Length)
            ReadChars(folded.WithMargin[..^1], FoldedText.Margin + head, vector);
        vector.Finish();
        folded.Clear();
    }

    private static void ReadSystem(ReadOnlySpan<byte> system, FeatureVector vector)
    {
        if (system.IsEmpty)
            return;
        vector.Scalars[(int)ScalarFeature.SystemLength] = MathF.Log(1 + system.Length);
        Fold(system, vector.Other);
        var words = new WordReader(SystemSeed, FeatureLayout.SystemWeight);
        words.Read(vector.Other, vector);
        vector.Other.Clear();
    }

    // Whole definitions would drown the user's words in JSON: only names are hashed.
    private static void ReadTools(ReadOnlySpan<byte> user, ReadOnlySpan<byte> tools, FeatureVector vector)
    {
        if (tools.IsEmpty)
            return;
        vector.Scalars[(int)ScalarFeature.ToolsLength] = MathF.Log(1 + tools.Length);
        vector.Scalars[(int)ScalarFeature.Tools] = MathF.Log(1 + tools.Count("\"parameters\""u8));
        (vector.Scalars[(int)ScalarFeature.ToolWords], vector.Scalars[(int)ScalarFeature.ToolNames]) = ToolOverlap.Of(
            user,
            tools
        );
        tools = tools[..Math.Min(tools.Length, FeatureLayout.HeadBytes + FeatureLayout.TailBytes)];
        while (ToolOverlap.NextName(ref tools) is { Length: > 0 } name)
            vector.Other.Add(name);
        var words = new WordReader(ToolsSeed, FeatureLayout.ToolsWeight);
        words.Read(vector.Other, vector);
        vector.Other.Clear();
    }

    // Head and tail of a long text, else the whole; returns the length of the first part.
    private static int Fold(ReadOnlySpan<byte> text, FoldedText folded)
    {
        // Spaces around a text are no features.
        text = Trim(text);
        if (text.Length <= FeatureLayout.HeadBytes + FeatureLayout.TailBytes)
        {
            folded.Add(text);
            return folded.Length;
        }

        folded.Add(text[..FeatureLayout.HeadBytes]);
        int head = folded.Length;
        folded.Add(text[^FeatureLayout.TailBytes..]);
        return head;
    }

    // The grams that end at each byte from the second on; one starts at the space before the part at the earliest.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadChars(ReadOnlySpan<byte> text, int start, FeatureVector vector)
    {
        for (int end = start + 1; end < text.Length && end < start + CharGrams; end++)
        {
            ulong window = Window(text, end);
            ReadOnlySpan<uint> grams = [Gram(window & 0xFFFFFF, 3), Gram(window & 0xFFFFFFFF, 4)];
            vector.Add(grams[..(end - start)], 1);
        }

        Span<uint> block = vector.Grams.AsSpan(0, vector.Grams.Length / CharGrams * CharGrams);
        for (int end = start + CharGrams; end < text.Length; )
        {
            int count = 0;
            for (; end < text.Length && count < block.Length; end++)
            {
                ulong window = Window(text, end);
                block[count] = Gram(window & 0xFFFFFF, 3);
                block[count + 1] = Gram(window & 0xFFFFFFFF, 4);
                block[count + 2] = Gram(window & 0xFFFFFFFFFF, 5);
                count += CharGrams;
            }

            vector.Add(block[..count], 1);
        }
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && text[start] <= ' ')
            start++;
        while (end > start && text[end - 1] <= ' ')
            end--;
        return text[start..end];
    }

    // The eight bytes up to and with one, the last lowest; the margin holds what is before the text.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Window(ReadOnlySpan<byte> text, int end) =>
        BinaryPrimitives.ReadUInt64BigEndian(text[(end - 7)..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Gram(ulong gram, int length)
    {
        ulong hash = (gram + (ulong)length) * 0x9E3779B97F4A7C15UL;
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93UL;
        return ((uint)(hash >> 40) & (FeatureLayout.CharBuckets - 1)) | ((uint)(hash & 0x8000) << 16);
    }
}
