using Wye.Primitives;

namespace Wye.Ledger;

/// <summary>What the learned router expected of a model's answer, before outcomes corrected it. Holds no word of the prompt. Immutable.</summary>
/// <param name="Model">The model it chose.</param>
/// <param name="Basis">What the expectation rests on: the router and the profile that spoke for the model. Never empty.</param>
/// <param name="Position">Where the prompt lies among the router's features.</param>
/// <param name="Millionths">Expected quality in millionths, 0..1,000,000.</param>
public sealed record QualityExpectation(ModelId Model, string Basis, PromptPosition Position, int Millionths)
{
    /// <summary>A quality of 1.</summary>
    public const int Whole = 1_000_000;

    /// <summary>A quality or score as whole millionths, so that sums of them are exact.</summary>
    /// <param name="quality">0..1.</param>
    public static int ToMillionths(double quality) => (int)Math.Round(Math.Clamp(quality, 0, 1) * Whole);
}
