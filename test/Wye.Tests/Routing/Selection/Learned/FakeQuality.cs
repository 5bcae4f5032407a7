using Wye.Chat;
using Wye.Quality.Estimates;

namespace Wye.Routing.Selection.Learned;

/// <summary>Says of every model what it is told to.</summary>
internal sealed class FakeQuality(params (string Model, float Value)[] says) : IQualityEstimator, IAnswerLengthEstimator
{
    public string Name => "fake";

    public IReadOnlyList<string> Models { get; } = [.. says.Select(one => one.Model)];

    /// <summary>Expected output tokens of every model.</summary>
    public float Tokens { get; init; } = 100;

    public Func<PreparedPrompt?>? Prepares { get; init; }

    public Action? Asked { get; init; }

    public ValueTask<PreparedPrompt?> PrepareAsync(ChatRequest request, CancellationToken cancellationToken) =>
        new(Prepares?.Invoke());

    public void Estimate(PromptScoring prompt, Span<QualityEstimate> estimates)
    {
        Asked?.Invoke();
        for (int i = 0; i < says.Length; i++)
            estimates[i] = new QualityEstimate(says[i].Value, 0.02f, EstimateSource.Own);
    }

    public void Estimate(PromptScoring prompt, Span<float> tokens) => tokens.Fill(Tokens);
}
