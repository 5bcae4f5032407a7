namespace Wye.Quality.Estimates;

/// <summary>What is expected of a model's answer.</summary>
/// <param name="Value">P(answer good enough), 0..1.</param>
/// <param name="Uncertainty">How far the parts of the estimate lie apart, as a standard deviation in the unit of <paramref name="Value"/>; larger where another model's profile stands in.</param>
/// <param name="Source">Where it comes from.</param>
internal readonly record struct QualityEstimate(float Value, float Uncertainty, EstimateSource Source)
{
    /// <summary>What outcomes have added to <see cref="Value"/>; 0 = nothing.</summary>
    public float Correction { get; init; }
}
