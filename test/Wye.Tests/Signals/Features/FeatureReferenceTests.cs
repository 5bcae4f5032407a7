using System.Text;
using Wye.Signals.Features.Plain;

namespace Wye.Signals.Features;

/// <summary>The fast reader against the one that takes byte after byte.</summary>
public sealed class FeatureReferenceTests
{
    private const string Alphabet =
        "aeiou bcdt mns  .,;:!?()[]{}_-+*/=<>^$\\%`\"'|#~@\t\r\n0123456789ABCXYZ\u0001\u007Fäß€語🙂";

    private static readonly string[] s_pieces =
    [
        "\nA. 4\nB. 7.5\nC. $9\nD. -100\n",
        " (a) red (b) blue (c) 3 ",
        "1,234.56 and 007 and 123456789",
        "not all, never both; except twice",
        "_____ fills the __ blank ___ here",
        "          ",
        " a. b. c.",
        "Thanks!",
        "```py\nx = y_z[0]\n```",
        "ÀÉÎ naïve",
    ];

    [Fact]
    public void Features_EqualThoseReadByteAfterByte()
    {
        var random = new Random(11);
        var vector = new FeatureVector();
        for (int i = 0; i < 600; i++)
        {
            byte[] user = Text(
                random,
                i % 50 == 0 ? 12_000
                    : i % 7 == 0 ? 1_500
                    : 120
            );
            byte[] system = i % 3 == 0 ? Text(random, i % 60 == 0 ? 9_500 : 200) : [];
            byte[] tools = i % 4 == 0 ? Tools(random, i % 40 == 0 ? 400 : 3) : [];
            Compare(user, system, tools, vector);
        }
    }

    [Fact]
    public void Features_OfEveryBytePair_EqualThoseReadByteAfterByte()
    {
        var vector = new FeatureVector();
        byte[] text = new byte[6];
        for (int pair = 0; pair < 65_536; pair += 61)
        {
            (text[0], text[1], text[2], text[3], text[4], text[5]) = (
                (byte)'x',
                (byte)(pair >> 8),
                (byte)pair,
                (byte)'7',
                (byte)pair,
                (byte)'y'
            );
            Compare(text, [], [], vector);
        }
    }

    [Fact]
    public void Words_StandBeforeCharacters()
    {
        var vector = new FeatureVector();
        FeatureHasher.Read(new PromptText { User = "one two"u8, System = "three"u8 }, vector);

        int words = FeatureLayout.WordsIn(vector.Indices);
        words.ShouldBe(4);
        foreach (int bucket in vector.Indices[words..])
            bucket.ShouldBeGreaterThanOrEqualTo(FeatureLayout.WordBuckets);
        vector.Indices.Length.ShouldBeGreaterThan(words);
    }

    private static void Compare(byte[] user, byte[] system, byte[] tools, FeatureVector vector)
    {
        var prompt = new PromptText
        {
            User = user,
            System = system,
            Tools = tools,
        };
        var plain = new PlainVector();
        PlainFeatures.Read(prompt, plain);
        FeatureHasher.Read(prompt, vector);

        int[] buckets = vector.Indices.ToArray();
        float[] values = vector.Values.ToArray();
        Array.Sort(buckets, values);
        string of = $"of {Convert.ToBase64String(user)} | {Convert.ToBase64String(system)}";
        buckets.ShouldBe((int[])[.. plain.Values.Keys], of);
        values.ShouldBe((float[])[.. plain.Values.Values], of);
        vector.Scalars.ShouldBe(plain.Scalars, of);
    }

    private static byte[] Text(Random random, int most)
    {
        var text = new StringBuilder();
        int length = random.Next(most);
        Rune[] alphabet = [.. Alphabet.EnumerateRunes()];
        while (text.Length < length)
        {
            switch (random.Next(12))
            {
                case 0:
                    text.Append(s_pieces[random.Next(s_pieces.Length)]);
                    break;
                case 1:
                    text.Append(alphabet[random.Next(alphabet.Length)].ToString());
                    break;
                default:
                    // Few letters, so that grams recur.
                    text.Append(alphabet[random.Next(20)].ToString());
                    break;
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Tools(Random random, int count)
    {
        IEnumerable<string> tools = Enumerable
            .Range(0, random.Next(count))
            .Select(t =>
                "{\"name\": \"get_Weather" + t + " now\", \"parameters\": {\"name\": {\"type\": \"string\"}}}"
            );
        return Encoding.UTF8.GetBytes($"[{string.Join(",", tools)}]");
    }
}
