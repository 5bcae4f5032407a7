namespace Wye.Gates.Judging;

/// <summary>The only words a judge may say, and what they are worth.</summary>
internal static class JudgeLabels
{
    private static readonly (string Label, double Score)[] All =
    [
        ("1", 0),
        ("2", 0.25),
        ("3", 0.5),
        ("4", 0.75),
        ("5", 1),
    ];

    /// <summary>The score of a judgement that is one of the words and nothing else; null = nonsense.</summary>
    public static double? ScoreOf(ReadOnlySpan<byte> judgement)
    {
        var text = judgement.Trim(" \t\r\n.\"'`*"u8);
        foreach (var (label, score) in All)
        {
            if (text.Length == label.Length && text[0] == label[0])
            {
                return score;
            }
        }

        return null;
    }
}
