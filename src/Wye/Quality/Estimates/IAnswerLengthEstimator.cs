namespace Wye.Quality.Estimates;

/// <summary>Predicts how many tokens a model's answer will have. Immutable and thread-safe.</summary>
internal interface IAnswerLengthEstimator
{
    /// <summary>The models it speaks of, in the order of the estimates.</summary>
    IReadOnlyList<string> Models { get; }

    /// <summary>Fills the expected output tokens per model; NaN where nothing is known. Never waits, allocates nothing.</summary>
    void Estimate(PromptScoring prompt, Span<float> tokens);
}
