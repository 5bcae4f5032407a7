namespace Wye.Quality.Estimates;

/// <summary>Predicts how much a strong model's answer is to be preferred to a weak one's. Immutable and thread-safe.</summary>
/// <remarks>A tie counts for the weak model. Thresholds are compared with it, so its order matters more than its scale.</remarks>
internal interface IWinRateEstimator
{
    /// <summary>Name shown in <c>why</c> and in explanations.</summary>
    string Name { get; }

    /// <summary>The weak model.</summary>
    string Weak { get; }

    /// <summary>The strong model.</summary>
    string Strong { get; }

    /// <summary>Win rate or gain; never waits, allocates nothing.</summary>
    PairEstimate Estimate(PromptScoring prompt);
}
