namespace Wye.Quality;

/// <summary>Linear model per head on the hashed n-grams: value = constant + Σ weight(bucket) · value(bucket).</summary>
internal sealed class NgramEstimator : IHeadEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <summary>Number of shared directions the weights are kept in.</summary>
    public required int Directions { get; init; }

    /// <summary>Weights per bucket. [buckets × <see cref="Directions"/>].</summary>
    public required float[] Weights { get; init; }

    /// <summary>How a head reads the directions; constant last. [heads × (<see cref="Directions"/> + 1)].</summary>
    public required float[] Loadings { get; init; }

    /// <inheritdoc/>
    public void Estimate(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> heads)
    {
        Span<float> directions = scratch.Scores.AsSpan(0, Directions);
        Directed(prompt, directions);
        for (int h = 0; h < heads.Length; h++)
            heads[h] = Lanes.Linear(Loadings.AsSpan(h * (Directions + 1), Directions + 1), directions);
    }

    /// <summary>The shared directions' values.</summary>
    public void Directed(in EncodedPrompt prompt, Span<float> directions)
    {
        directions.Clear();
        for (int e = 0; e < prompt.Index.Length; e++)
        {
            int at = prompt.Index[e] * Directions;
            float value = prompt.Value[e];
            if (value == 0)
                continue;
            if (Directions == 1)
                directions[0] += value * Weights[at];
            else
                Lanes.AddScaled(Weights.AsSpan(at, Directions), value, directions);
        }
    }
}
