using Wye.Primitives;

namespace Wye.Signals.Steps;

/// <summary>A step kind and the rule that told it; null = nothing matched, or it was given.</summary>
internal readonly record struct StepGuess(StepKind Kind, string? Reason);
