namespace Wye.Gates;

/// <summary>A gate's decision on one answer.</summary>
/// <param name="Decision">What it says.</param>
/// <param name="Score">How good the answer seems, higher is better; chooses the score bin of a refused edge and the best answer so far.</param>
public readonly record struct GateVerdict(GateDecision Decision, double Score);
