using Wye.Primitives;

namespace Wye.Signals.Steps;

/// <summary>How an entry of the rule table is matched and how much it says.</summary>
internal enum StepEntrySort
{
    Lead,
    Phrase,
    Hint,
    Role,
}

/// <summary>One line of the compiled rule table.</summary>
internal sealed class StepEntry(StepKind kind, bool narrow, StepEntrySort sort, string phrase)
{
    public StepKind Kind { get; } = kind;

    public bool Narrow { get; } = narrow;

    public StepEntrySort Sort { get; } = sort;

    public string Phrase { get; } = phrase;

    public int Words { get; } = phrase.AsSpan().Count(' ') + 1;

    /// <summary>The rule in words, for <c>why</c>.</summary>
    public string Reason { get; } = $"{Noun(sort)} \"{phrase}\"";

    /// <summary>The same, when it stood in the system prompt.</summary>
    public string SystemReason { get; } = $"system {Noun(sort)} \"{phrase}\"";

    private static string Noun(StepEntrySort sort) =>
        sort switch
        {
            StepEntrySort.Lead => "verb",
            StepEntrySort.Phrase => "phrase",
            StepEntrySort.Hint => "word",
            _ => "role",
        };
}
