namespace Wye.Quality.Estimates;

/// <summary>How much a strong model's answer is to be preferred.</summary>
/// <param name="Value">
/// A win rate P(strong preferred), 0..1; or a gain, quality of strong minus quality of weak, −1..1. For answers that are right
/// or wrong the gain is the win rate minus the rate at which the weak model alone is right.
/// </param>
/// <param name="Uncertainty">As of <see cref="QualityEstimate"/>.</param>
/// <param name="IsGain">Whether it is a gain.</param>
internal readonly record struct PairEstimate(float Value, float Uncertainty, bool IsGain);
