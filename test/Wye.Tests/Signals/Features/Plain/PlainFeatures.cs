namespace Wye.Signals.Features.Plain;

/// <summary>Reads hashed word 1–2-grams, character 3–5-grams and scalar features from UTF-8 text in one pass.</summary>
/// <remarks>
/// Letters are lower-cased (ASCII), runs of whitespace count as one space, digits are reduced to the length of their
/// run; courtesies at the end of the user turn are left out. Hashing is signed (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009), so that
/// collisions cancel in expectation. Stateless and thread-safe; the result is in the caller's vector.
/// </remarks>
internal static class PlainFeatures
{
    private const uint WordSeed = 0x9E3779B9;
    private const uint SystemSeed = 0x85EBCA6B;
    private const uint ToolsSeed = 0xC2B2AE35;

    /// <summary>Fills <paramref name="vector"/> with the features of <paramref name="prompt"/>.</summary>
    public static void Read(in PromptText prompt, PlainVector vector)
    {
        var scalars = new PlainScalars();
        ReadOnlySpan<byte> user = TrailingPoliteness.Cut(prompt.User);
        ReadText(user, vector, WordSeed, 1f, withChars: true, ref scalars);
        scalars.Write(vector.Scalars);
        var ignored = new PlainScalars();
        if (!prompt.System.IsEmpty)
        {
            vector.Scalars[(int)ScalarFeature.SystemLength] = MathF.Log(1 + prompt.System.Length);
            ReadText(prompt.System, vector, SystemSeed, FeatureLayout.SystemWeight, withChars: false, ref ignored);
        }

        if (!prompt.Tools.IsEmpty)
        {
            vector.Scalars[(int)ScalarFeature.ToolsLength] = MathF.Log(1 + prompt.Tools.Length);
            vector.Scalars[(int)ScalarFeature.Tools] = MathF.Log(1 + prompt.Tools.Count("\"parameters\""u8));
            (vector.Scalars[(int)ScalarFeature.ToolWords], vector.Scalars[(int)ScalarFeature.ToolNames]) =
                ToolOverlap.Of(user, prompt.Tools);
            ReadToolNames(prompt.Tools, vector, ref ignored);
        }

        vector.Finish();
    }

    // Whole definitions would drown the user's words in JSON.
    private static void ReadToolNames(ReadOnlySpan<byte> tools, PlainVector vector, ref PlainScalars scalars)
    {
        tools = tools[..Taken(tools)];
        var words = new PlainWords(ToolsSeed, FeatureLayout.ToolsWeight);
        while (ToolOverlap.NextName(ref tools) is { Length: > 0 } name)
            ReadPart(name, vector, ref words, withChars: false, ref scalars);
    }

    private static void ReadText(
        ReadOnlySpan<byte> text,
        PlainVector vector,
        uint seed,
        float weight,
        bool withChars,
        ref PlainScalars scalars
    )
    {
        // Spaces around a text are no features.
        text = Trim(text);
        var words = new PlainWords(seed, weight);
        if (text.Length <= FeatureLayout.HeadBytes + FeatureLayout.TailBytes)
        {
            ReadPart(text, vector, ref words, withChars, ref scalars);
            return;
        }

        ReadPart(text[..FeatureLayout.HeadBytes], vector, ref words, withChars, ref scalars);
        ReadPart(text[^FeatureLayout.TailBytes..], vector, ref words, withChars, ref scalars);
    }

    private static void ReadPart(
        ReadOnlySpan<byte> text,
        PlainVector vector,
        ref PlainWords words,
        bool withChars,
        ref PlainScalars scalars
    )
    {
        ulong window = ' ';
        int filled = 1;
        bool space = true;
        foreach (byte raw in text)
        {
            byte c = Fold(raw);
            if (c == ' ' && space)
                continue;
            space = c == ' ';
            words.Next(c, vector, ref scalars);
            if (!withChars)
                continue;
            scalars.Next(c);
            window = (window << 8) | (char.IsAsciiDigit((char)c) ? (byte)'0' : c);
            filled++;
            if (filled >= 3)
                AddChars(window & 0xFFFFFF, 3, vector);
            if (filled >= 4)
                AddChars(window & 0xFFFFFFFF, 4, vector);
            if (filled >= 5)
                AddChars(window & 0xFFFFFFFFFF, 5, vector);
        }

        words.Next((byte)' ', vector, ref scalars);
        if (withChars)
            scalars.Next((byte)' ');
    }

    private static int Taken(ReadOnlySpan<byte> text) =>
        Math.Min(text.Length, FeatureLayout.HeadBytes + FeatureLayout.TailBytes);

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

    private static byte Fold(byte c) =>
        c is >= (byte)'A' and <= (byte)'Z' ? (byte)(c | 0x20)
        : c <= ' ' ? (byte)' '
        : c;

    private static void AddChars(ulong gram, int length, PlainVector vector)
    {
        ulong hash = (gram + (ulong)length) * 0x9E3779B97F4A7C15UL;
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93UL;
        int bucket = FeatureLayout.WordBuckets + (int)(hash >> 40) % FeatureLayout.CharBuckets;
        vector.Add(bucket, (hash & 0x8000) == 0 ? 1f : -1f);
    }
}
