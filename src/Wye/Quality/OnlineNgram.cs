namespace Wye.Quality;

/// <summary>The n-gram estimator with corrections learned from outcomes while it serves.</summary>
/// <remarks>
/// estimate = trained estimate + b + Σ w(bucket) · value(bucket), with b and w zero at first. An outcome moves b and w one
/// step down the gradient of ½ · (outcome − estimate)², normalised by the prompt's length (Bershad, "Analysis of the
/// normalized LMS algorithm", 1986) and bounded, so that no single outcome can move an estimate by more than
/// <see cref="MostStep"/>. Outcomes are learned one after another; estimates may be made meanwhile.
/// </remarks>
internal sealed class OnlineNgram(NgramEstimator trained, int heads, float rate = 0.1f) : IHeadEstimator
{
    /// <summary>Most that one outcome moves the estimate of its own prompt.</summary>
    public const float MostStep = 0.05f;

    private readonly Lock _learning = new();
    private readonly float[] _constants = new float[heads];
    private readonly float[]?[] _weights = new float[]?[heads];

    /// <inheritdoc/>
    public string Name => trained.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Parts => trained.Parts;

    /// <inheritdoc/>
    public void Estimate(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> estimates)
    {
        trained.Estimate(prompt, scratch, estimates);
        for (int h = 0; h < estimates.Length; h++)
            estimates[h] += Correction(prompt, h);
    }

    /// <summary>What outcomes have added to a head's estimate for this prompt.</summary>
    public float Correction(in EncodedPrompt prompt, int head)
    {
        float[]? weights = Volatile.Read(ref _weights[head]);
        if (weights is null)
            return 0;
        float sum = _constants[head];
        for (int e = 0; e < prompt.Index.Length; e++)
            sum += weights[prompt.Index[e]] * prompt.Value[e];
        return sum;
    }

    /// <summary>Learns from one outcome.</summary>
    /// <param name="prompt">The prompt that was answered.</param>
    /// <param name="head">Head of the model that answered.</param>
    /// <param name="estimate">What <see cref="Estimate"/> says of it now.</param>
    /// <param name="outcome">How good the answer was, 0..1.</param>
    public void Learn(in EncodedPrompt prompt, int head, float estimate, float outcome)
    {
        float length = 1;
        foreach (float value in prompt.Value)
            length += value * value;
        // rate · error is how far the prompt's own estimate moves.
        float step = Math.Clamp(rate * -Slope(estimate, outcome), -MostStep, MostStep) / length;
        if (step == 0 || float.IsNaN(step))
            return;
        lock (_learning)
        {
            float[] weights = _weights[head] ?? new float[Signals.Features.FeatureLayout.Buckets];
            for (int e = 0; e < prompt.Index.Length; e++)
                weights[prompt.Index[e]] += step * prompt.Value[e];
            _constants[head] += step;
            Volatile.Write(ref _weights[head], weights);
        }
    }

    /// <summary>Half the squared error of an estimate.</summary>
    public static float Loss(float estimate, float outcome) => 0.5f * (outcome - estimate) * (outcome - estimate);

    /// <summary>Derivative of <see cref="Loss"/> by the estimate; times a value, by that value's weight.</summary>
    public static float Slope(float estimate, float outcome) => estimate - outcome;
}
