namespace Wye.Simulator.Truth;

/// <summary>How one choice of one answer turned out.</summary>
/// <param name="Correct">Right or wrong.</param>
/// <param name="Difficulty">0..1, as drawn.</param>
/// <param name="Answer">The number the answer states; the same for all right answers to a prompt.</param>
/// <param name="Variant">0 when right, else which of the plausible wrong answers.</param>
/// <param name="Topic">Chance that depends on the prompt only.</param>
/// <param name="Own">Chance that depends on the prompt and the model.</param>
internal readonly record struct TruthDraw(
    bool Correct,
    double Difficulty,
    int Answer,
    int Variant,
    ulong Topic,
    ulong Own
);
