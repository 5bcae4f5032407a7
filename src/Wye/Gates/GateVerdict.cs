namespace Wye.Gates;

/// <summary>A gate's decision on one answer.</summary>
/// <param name="Decision">What it says.</param>
/// <param name="Score">How good the answer seems, 0..1, higher is better; chooses the score bin of a refused edge and the best answer so far.</param>
public readonly record struct GateVerdict(GateDecision Decision, double Score)
{
    /// <summary>Why, in a few words of printable ASCII that quote nothing of the answer; null = nothing to say.</summary>
    public string? Note { get; init; }

    /// <summary>Whether a call that the gate needs (a judge, a sample) has not been made yet.</summary>
    internal bool Pending { get; init; }

    /// <summary>Whether the gate has nothing to look at, so that others may decide without it.</summary>
    internal bool NotApplicable { get; init; }

    /// <summary>The answer passes.</summary>
    internal static GateVerdict Pass(double score = 1, string? note = null) =>
        new(GateDecision.Passed, score) { Note = note };

    /// <summary>The answer is refused.</summary>
    internal static GateVerdict Refuse(string note, double score = 0) =>
        new(GateDecision.Refused, score) { Note = note };

    /// <summary>The gate cannot tell.</summary>
    internal static GateVerdict Abstain(string note) => new(GateDecision.Abstained, 0.5) { Note = note };

    /// <summary>There is nothing here for the gate to judge.</summary>
    internal static GateVerdict Skip(string note) => Abstain(note) with { NotApplicable = true };

    /// <summary>The gate cannot tell before it has seen what it asks for.</summary>
    internal static GateVerdict Wait(string note) => Abstain(note) with { Pending = true };
}
