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
    private static void ReadChars(ReadOnlySpan<byte> text, int start, FeatureVector vector)
    {
        int end = start + 1;
        for (; end < text.Length && end < start + CharGrams.PerByte; end++)
        {
            ReadOnlySpan<uint> grams = [CharGrams.One(text, end, 3), CharGrams.One(text, end, 4)];
            vector.Add(grams[..(end - start)], 1);
        }

        while (end < text.Length)
        {
            int bytes = CharGrams.Fill(text, end, vector.Grams);
            vector.Add(vector.Grams.AsSpan(0, bytes * CharGrams.PerByte), 1);
            end += bytes;
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
}
