namespace Wye.Signals.Steps;

/// <summary>What each byte does to the reading of words: its lower case if it belongs to a word, else one of the breaks.</summary>
internal static class StepBytes
{
    public const byte Space = 0;
    public const byte Apostrophe = 1;
    public const byte SentenceEnd = 2;
    public const byte Newline = 3;
    public const byte Colon = 4;
    public const byte Comma = 5;
    public const byte Quote = 6;
    public const byte Backtick = 7;

    /// <summary>Values from here are word bytes, in lower case.</summary>
    public const byte FirstWordByte = 0x20;

    private static readonly byte[] Map = Build();

    public static ReadOnlySpan<byte> Table => Map;

    private static byte[] Build()
    {
        var map = new byte[256];
        for (var b = 0; b < 256; b++)
        {
            var letter = (char)b;
            map[b] = letter switch
            {
                >= 'A' and <= 'Z' => (byte)(letter | 0x20),
                >= 'a' and <= 'z' or >= '0' and <= '9' => (byte)b,
                '\'' => Apostrophe,
                '.' or '!' or '?' => SentenceEnd,
                '\n' => Newline,
                ':' => Colon,
                ',' or ';' or '(' => Comma,
                '"' => Quote,
                '`' => Backtick,
                _ => b >= 0x80 ? (byte)b : Space,
            };
        }

        return map;
    }
}
