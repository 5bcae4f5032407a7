using Wye.Quality.Numerics;

namespace Wye.Quality.Routers;

/// <summary>P(an answer is right) from its features: a logistic part and a small forest, stacked and calibrated. Immutable.</summary>
internal sealed class LearnedGate
{
    /// <summary>Its name in the router file.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the features it was trained on.</summary>
    public required int Features { get; init; }

    /// <summary>Mean of each feature.</summary>
    public required float[] Mean { get; init; }

    /// <summary>1 / standard deviation of each feature; 0 = constant in training, so ignored.</summary>
    public required float[] Scale { get; init; }

    /// <summary>Logistic weights on standardised features.</summary>
    public required float[] Weights { get; init; }

    /// <summary>Predicts P(right) as well; one head.</summary>
    public required BoostedForest Forest { get; init; }

    /// <summary>Intercept, weight of the logistic part, weight of the forest's log-odds.</summary>
    public required float[] Stack { get; init; }

    /// <summary>Stacked log-odds → P(right).</summary>
    public required MonotoneCalibration Calibration { get; init; }

    /// <summary>Threshold from threshold calibration; 0.5 before it.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>32-bit hashes of the normalised questions trained on, ascending: what it may not be calibrated on.</summary>
    public int[] TrainedQuestions { get; init; } = [];

    /// <summary>How well it tells right from wrong.</summary>
    public required GateProfile Profile { get; init; }

    /// <summary>P(right), 0..1; NaN when the features are of another width.</summary>
    public double Score(ReadOnlySpan<float> features) =>
        features.Length == Mean.Length ? Math.Clamp(Calibration.Apply((float)Raw(features)), 0, 1) : double.NaN;

    /// <summary>Stacked log-odds before calibration.</summary>
    public double Raw(ReadOnlySpan<float> features)
    {
        double z = 0;
        for (int i = 0; i < features.Length; i++)
            z += Weights[i] * Math.Clamp((features[i] - Mean[i]) * Scale[i], -6, 6);
        Span<float> head = stackalloc float[1];
        Forest.Predict(features, head);
        return Stack[0] + (Stack[1] * z) + (Stack[2] * LogOdds(head[0]));
    }

    /// <summary>The same with another threshold.</summary>
    public LearnedGate WithThreshold(double threshold) =>
        new()
        {
            Name = Name,
            Features = Features,
            Mean = Mean,
            Scale = Scale,
            Weights = Weights,
            Forest = Forest,
            Stack = Stack,
            Calibration = Calibration,
            Threshold = threshold,
            TrainedQuestions = TrainedQuestions,
            Profile = Profile,
        };

    internal static double LogOdds(double p)
    {
        double q = Math.Clamp(p, 0.02, 0.98);
        return Math.Log(q / (1 - q));
    }
}
