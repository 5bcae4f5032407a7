namespace Wye.Quality.Heads;

/// <summary>Predicts one number per head (a model's quality, or a pair's gain) from an encoded prompt.</summary>
internal interface IHeadEstimator
{
    /// <summary>Name in router files and in <c>why</c>.</summary>
    string Name { get; }

    /// <summary>Names of the estimates it gives per head; one for most.</summary>
    IReadOnlyList<string> Parts { get; }

    /// <summary>Fills <paramref name="estimates"/>, [parts × heads]; allocates nothing.</summary>
    void Estimate(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> estimates);
}
