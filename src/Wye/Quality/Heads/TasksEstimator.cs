using Wye.Quality.Numerics;

namespace Wye.Quality.Heads;

/// <summary>Inferred task: a softmax over the labelled tasks times each task's mean per head.</summary>
internal sealed class TasksEstimator : IHeadEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Parts => field ??= [Name];

    /// <summary>Number of tasks.</summary>
    public required int Tasks { get; init; }

    /// <summary>Factor on the scores before the softmax.</summary>
    public required float Sharpness { get; init; }

    /// <summary>Score weights per task, constant last. [tasks × (dense width + 1)].</summary>
    public required float[] Weights { get; init; }

    /// <summary>Mean per task and head, shrunk. [tasks × heads].</summary>
    public required float[] Means { get; init; }

    /// <inheritdoc/>
    public void Estimate(in EncodedPrompt prompt, EstimateScratch scratch, Span<float> heads)
    {
        Span<float> posterior = scratch.Scores.AsSpan(0, Tasks);
        Posterior(prompt, posterior);
        Span<int> likely = stackalloc int[Tasks];
        int count = 0;
        for (int t = 0; t < Tasks; t++)
        {
            if (posterior[t] > 1e-4f)
                (likely[count], posterior[count++]) = (t, posterior[t]);
        }

        heads.Clear();
        RowSums.AddScaled(Means, likely[..count], posterior, heads);
    }

    /// <summary>Probability per task.</summary>
    public void Posterior(in EncodedPrompt prompt, Span<float> posterior)
    {
        Lanes.Linears(Weights, prompt.Dense, posterior[..Tasks]);
        Lanes.Softmax(posterior, Sharpness);
    }
}
