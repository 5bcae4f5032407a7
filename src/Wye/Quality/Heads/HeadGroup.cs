using System.Numerics.Tensors;
using Wye.Quality.Numerics;
using Wye.Signals.Features;

namespace Wye.Quality.Heads;

/// <summary>Heads that were trained together: base estimators, boosted forests over them, their stack and calibration.</summary>
internal sealed class HeadGroup
{
    /// <summary>Latent dimensions the forests see.</summary>
    public const int LatentInputs = 32;

    /// <summary>Number of heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Base estimators, in stacking order.</summary>
    public required IHeadEstimator[] Estimators { get; init; }

    /// <summary>Forests; each takes <see cref="FillInputs"/>.</summary>
    public required BoostedForest[] Forests { get; init; }

    /// <summary>Directions in head space on which the forests see the base estimates. [views × heads].</summary>
    public required float[] Views { get; init; }

    /// <summary>Non-negative weights, constant last. [heads × (estimators + forests + 1)].</summary>
    public required float[] Stack { get; init; }

    /// <summary>
    /// Weights on each part's mean over the heads: how hard the question is, which is known better than who is better at
    /// it. Empty for heads that are no models. [heads × parts].
    /// </summary>
    public float[] Level { get; init; } = [];

    /// <summary>Probability calibration per head; empty for none.</summary>
    public required MonotoneCalibration[] Calibrations { get; init; }

    /// <summary>Names of the values that are stacked per head: base estimates, then forests.</summary>
    public IReadOnlyList<string> PartNames =>
        field ??= [
            .. Estimators.SelectMany(e => e.Parts),
            .. Forests.Select(f => FormattableString.Invariant($"forest{f.Depth}")),
        ];

    // The stack for all heads of a part at a time. [(parts + 1) × heads].
    private float[] StackByPart => field ??= Turned();

    // What each base estimator fills: its parts for all heads.
    private int[] Sizes => field ??= Array.ConvertAll(Estimators, e => e.Parts.Count * Heads);

    /// <summary>Number of values that are stacked per head.</summary>
    public int Parts => PartNames.Count;

    /// <summary>Number of base estimates per head.</summary>
    public int BaseParts => Parts - Forests.Length;

    /// <summary>Number of inputs of a forest.</summary>
    public int InputWidth => (BaseParts * (Views.Length / Heads)) + FeatureLayout.Scalars + LatentInputs;

    /// <summary>All parts' estimates into <paramref name="parts"/>, [parts × heads].</summary>
    public void EstimateParts(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> parts)
    {
        EstimateBase(prompt, scratch, parts);
        if (Forests.Length == 0)
            return;
        Span<float> inputs = scratch.Inputs.AsSpan(0, InputWidth);
        FillInputs(prompt, parts, inputs);
        for (int f = 0; f < Forests.Length; f++)
            Forests[f].Predict(inputs, parts.Slice((BaseParts + f) * Heads, Heads));
    }

    /// <summary>The base estimators' estimates into the first of <paramref name="parts"/>.</summary>
    public void EstimateBase(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> parts)
    {
        int at = 0;
        for (int e = 0; e < Estimators.Length; e++)
        {
            int size = Sizes[e];
            Estimators[e].Estimate(prompt, scratch, parts.Slice(at, size));
            at += size;
        }
    }

    /// <summary>Inputs of a forest: base estimates seen along the views, scalars, leading latent dimensions.</summary>
    public void FillInputs(in EncodedPrompt prompt, ReadOnlySpan<float> parts, Span<float> inputs)
    {
        int at = 0;
        for (int e = 0; e < BaseParts; e++)
        {
            for (int v = 0; v < Views.Length; v += Heads)
                inputs[at++] = Lanes.Dot(Views.AsSpan(v, Heads), parts.Slice(e * Heads, Heads));
        }

        int latent = prompt.Dense.Length - FeatureLayout.Scalars;
        prompt.Dense[latent..].CopyTo(inputs[at..]);
        at += FeatureLayout.Scalars;
        int taken = Math.Min(LatentInputs, latent);
        prompt.Dense[..taken].CopyTo(inputs[at..]);
        inputs[(at + taken)..].Clear();
    }

    /// <summary>Stacked and calibrated estimate per head.</summary>
    public void Estimate(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> heads)
    {
        Span<float> parts = scratch.Base.AsSpan(0, Parts * Heads);
        EstimateParts(prompt, scratch, parts);
        Blend(parts, heads);
    }

    /// <summary>How far the parts of the last estimate in <paramref name="scratch"/> lie apart, per head: their weighted standard deviation.</summary>
    public void Spread(EstimateScratch scratch, Span<float> spreads)
    {
        ReadOnlySpan<float> parts = scratch.Base.AsSpan(0, Parts * Heads);
        Span<float> totals = scratch.Scores.AsSpan(0, Heads);
        Span<float> means = scratch.Inputs.AsSpan(0, Heads);
        totals.Clear();
        means.Clear();
        for (int p = 0; p < parts.Length; p += Heads)
        {
            ReadOnlySpan<float> weights = StackByPart.AsSpan(p, Heads);
            TensorPrimitives.Add(totals, weights, totals);
            TensorPrimitives.MultiplyAdd(weights, parts.Slice(p, Heads), means, means);
        }

        TensorPrimitives.Divide(means, totals, means);
        spreads.Clear();
        Span<float> off = stackalloc float[Heads];
        Span<float> weighted = stackalloc float[Heads];
        for (int p = 0; p < parts.Length; p += Heads)
        {
            TensorPrimitives.Subtract(parts.Slice(p, Heads), means, off);
            TensorPrimitives.Multiply(StackByPart.AsSpan(p, Heads), off, weighted);
            TensorPrimitives.MultiplyAdd(weighted, off, spreads, spreads);
        }

        for (int h = 0; h < Heads; h++)
            spreads[h] = totals[h] > 0 ? MathF.Sqrt(spreads[h] / totals[h]) : 0;
    }

    /// <summary>Stacks and calibrates given parts.</summary>
    public void Blend(ReadOnlySpan<float> parts, Span<float> heads)
    {
        int count = Parts;
        StackByPart.AsSpan(count * Heads, Heads).CopyTo(heads);
        for (int p = 0; p < count * Heads; p += Heads)
            TensorPrimitives.MultiplyAdd(StackByPart.AsSpan(p, Heads), parts.Slice(p, Heads), heads, heads);
        if (Level.Length > 0)
        {
            Span<float> means = stackalloc float[count];
            Span<float> levels = stackalloc float[Heads];
            for (int p = 0; p < count; p++)
                means[p] = TensorPrimitives.Sum(parts.Slice(p * Heads, Heads)) / Heads;
            Lanes.Dots(Level, means, levels);
            TensorPrimitives.Add(heads, levels, heads);
        }

        for (int h = 0; h < Heads && Calibrations.Length > 0; h++)
            heads[h] = Calibrations[h].Apply(heads[h]);
    }

    private float[] Turned()
    {
        int full = Parts + 1;
        float[] turned = new float[Stack.Length];
        for (int i = 0; i < turned.Length; i++)
            turned[i] = Stack[(i % Heads * full) + (i / Heads)];
        return turned;
    }
}
