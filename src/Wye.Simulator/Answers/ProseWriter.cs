using System.Buffers;
using System.Globalization;
using System.Text;
using Wye.Simulator.Truth;

namespace Wye.Simulator.Answers;

/// <summary>Writes the text of a generated answer: the simulated mark, the answer it states, then filler up to its length.</summary>
internal static class ProseWriter
{
    private static readonly string[] s_short =
    [
        "one word",
        "yes or no",
        "true or false",
        "classify",
        "label",
        "only the",
    ];

    private static readonly string[] s_long =
    [
        "essay",
        "article",
        "story",
        "report",
        "write ",
        "implement",
        "design",
        "explain",
        "step by step",
        "plan ",
    ];

    private static readonly byte[][] s_filler =
    [
        .. new[]
        {
            " This follows from the facts given in the question.",
            " A second way of looking at it leads to the same place.",
            " The order of the steps matters less than it seems.",
            " Each part was checked against the one before.",
            " Where the question is silent, the usual reading was taken.",
            " Small cases behave the same way.",
            " No further assumption is needed.",
            " The other candidates fail at least one condition.",
            " In practice the difference is easy to see.",
            " Put briefly, the parts fit together.",
            " The first condition rules out most of the field.",
            " What remains can be counted by hand.",
            " Both ends of the range were considered.",
            " The result does not depend on the names used.",
            " An example makes this plain.",
            " That settles the open point.",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Output tokens an unlimited answer would have: 12–24, 32–200 or 160–700 by what the prompt asks for.</summary>
    public static int TargetTokens(string key, in TruthDraw draw)
    {
        var (low, high) =
            ContainsAny(key, s_short) ? (12, 24)
            : ContainsAny(key, s_long) ? (160, 700)
            : (32, 200);
        var u = StableHash.Unit(draw.Topic);
        var wobble = .9 + (.2 * StableHash.Unit(draw.Own));
        return (int)((low + (u * u * (high - low))) * wobble);
    }

    public static byte[] Write(string model, string key, in TruthDraw draw, string working = "")
    {
        var target = TargetTokens(key, draw) * Tokenizer.BytesPerToken;
        var text = new ArrayBufferWriter<byte>(target + 128);
        Append(text, "[simulated ");
        Append(text, model);
        Append(text, "] The answer is ");
        AppendNumber(text, draw.Answer);
        Append(text, ".");
        Append(text, working);
        var chance = draw.Own;
        while (text.WrittenCount < target)
        {
            chance = StableHash.Mix(chance);
            text.Write(s_filler[StableHash.Pick(chance, s_filler.Length)]);
        }

        if (text.WrittenCount > 240)
        {
            Append(text, "\nAnswer: ");
            AppendNumber(text, draw.Answer);
        }

        return text.WrittenSpan.ToArray();
    }

    private static bool ContainsAny(string key, string[] words)
    {
        foreach (var word in words)
        {
            if (key.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void Append(ArrayBufferWriter<byte> text, string value) => Encoding.UTF8.GetBytes(value, text);

    private static void AppendNumber(ArrayBufferWriter<byte> text, int value)
    {
        value.TryFormat(text.GetSpan(12), out var written, default, CultureInfo.InvariantCulture);
        text.Advance(written);
    }
}
