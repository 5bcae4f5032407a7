namespace Wye.Signals.Steps;

/// <summary>What a match is worth, by sort and place. The highest match decides; of equals the first one read.</summary>
internal static class StepScores
{
    /// <summary>Mathematics in the ask, nothing else.</summary>
    public const int Math = 41;

    /// <summary>Code in the ask, nothing else.</summary>
    public const int Code = 40;

    /// <summary>A JSON schema for the answer, nothing else.</summary>
    public const int JsonSchema = 36;

    /// <summary>Tools are offered, nothing else.</summary>
    public const int ToolsOffered = 35;

    // Rows: lead, phrase, hint, role; columns: first, last, middle, system (narrow), system (broad).
    // csharpier-ignore
    private static ReadOnlySpan<byte> Table =>
        [
            60, 56, 48, 80, 40,
            70, 58, 44, 78, 42,
            34, 32, 20, 30, 18,
            72, 40, 38, 84, 50,
        ];

    /// <summary>The worth of one match; a longer phrase says more, a later clause of a sentence less.</summary>
    public static int Of(StepEntry entry, StepPlace place, bool laterClause)
    {
        var column = place == StepPlace.System && !entry.Narrow ? 4 : (int)place;
        var score = Table[((int)entry.Sort * 5) + column] + (2 * (entry.Words - 1));
        return laterClause ? score - 6 : score;
    }
}
