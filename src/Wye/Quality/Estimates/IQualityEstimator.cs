using Wye.Chat;

namespace Wye.Quality.Estimates;

/// <summary>Predicts, from a prompt alone, the probability that a model's answer is good enough. Immutable and thread-safe.</summary>
internal interface IQualityEstimator
{
    /// <summary>Name shown in <c>why</c> and in explanations.</summary>
    string Name { get; }

    /// <summary>The models it speaks of, in the order of the estimates.</summary>
    IReadOnlyList<string> Models { get; }

    /// <summary>Does the work that may wait (a remote encoder), within a deadline of its own; null when there is none.</summary>
    /// <returns>What <see cref="Estimate"/> needs; a failure is a value in it.</returns>
    ValueTask<PreparedPrompt?> PrepareAsync(ChatRequest request, CancellationToken cancellationToken);

    /// <summary>Fills one estimate per model; never waits, allocates nothing.</summary>
    void Estimate(PromptScoring prompt, Span<QualityEstimate> estimates);
}
