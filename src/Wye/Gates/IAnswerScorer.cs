namespace Wye.Gates;

/// <summary>P(an answer is right) from its features. Thread-safe.</summary>
public interface IAnswerScorer
{
    /// <summary>The probability, 0..1.</summary>
    double Score(ReadOnlySpan<float> features);
}
