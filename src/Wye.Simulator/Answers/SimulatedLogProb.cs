namespace Wye.Simulator.Answers;

/// <summary>One output token with the natural logarithm of its probability.</summary>
/// <param name="Token">Its text.</param>
/// <param name="LogProb">At most 0.</param>
public readonly record struct SimulatedLogProb(string Token, double LogProb);
