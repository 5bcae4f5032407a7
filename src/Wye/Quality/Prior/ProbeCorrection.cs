using Wye.Signals.Features;

namespace Wye.Quality.Prior;

/// <summary>By how much a small probe set corrects the profile that stands in for a model, on the whole and by cells. Immutable.</summary>
/// <remarks>
/// After UniRoute (Jitkrittum et al., 2025), which places a new model by its answers to a few questions per cell. Here the
/// profile is the prior: means of what it misses by, each shrunk to zero by <see cref="Pseudo"/> questions.
/// </remarks>
internal sealed class ProbeCorrection
{
    /// <summary>Questions that no correction is worth.</summary>
    public const float Pseudo = 10;

    private readonly float _overall;
    private readonly float[] _byCell;

    private ProbeCorrection(int questions, float overall, float[] byCell) =>
        (Questions, _overall, _byCell) = (questions, overall, byCell);

    /// <summary>Questions it rests on.</summary>
    public int Questions { get; }

    /// <summary>Fits to judged answers; null = there is none, or the router has no cells.</summary>
    public static ProbeCorrection? Fit(RouterSnapshot router, ModelProfile profile, IReadOnlyList<ProbeAnswer> answers)
    {
        if (answers.Count == 0 || CellsOf(router) is not { } cells)
            return null;
        var scratch = new PromptScratch();
        float[] heads = new float[router.Quality!.Heads];
        float[] missed = new float[answers.Count];
        int[] cellOf = new int[answers.Count];
        float[] weight = new float[1];
        for (int i = 0; i < answers.Count; i++)
        {
            var text = new PromptText
            {
                User = answers[i].Prompt,
                System = answers[i].System,
                Tools = answers[i].Tools,
            };
            EncodedPrompt prompt = router.Encode(text, scratch);
            router.Quality.Estimate(prompt, scratch.Estimates, heads);
            missed[i] = answers[i].Score - profile.Raised(Math.Clamp(heads[profile.Head], 0, 1));
            cells.Nearest(prompt.Dense[..cells.Width], scratch.Estimates, cellOf.AsSpan(i, 1), weight);
        }

        float overall = missed.Sum() / (missed.Length + Pseudo);
        float[] sums = new float[cells.Cells];
        int[] counts = new int[cells.Cells];
        for (int i = 0; i < missed.Length; i++)
        {
            sums[cellOf[i]] += missed[i] - overall;
            counts[cellOf[i]]++;
        }

        for (int c = 0; c < sums.Length; c++)
            sums[c] /= counts[c] + Pseudo;
        return new ProbeCorrection(answers.Count, overall, sums);
    }

    /// <summary>The table whose cells are corrected by; null = the router has none.</summary>
    public static ClustersEstimator? CellsOf(RouterSnapshot router)
    {
        foreach (IHeadEstimator estimator in router.Quality?.Estimators ?? [])
        {
            if (estimator is ClustersEstimator cells)
                return cells;
        }

        return null;
    }

    /// <summary>What to add to the profile's estimate where these cells are nearest.</summary>
    public float Of(ReadOnlySpan<int> cells, ReadOnlySpan<float> weights)
    {
        float sum = _overall;
        for (int i = 0; i < cells.Length; i++)
            sum += weights[i] * _byCell[cells[i]];
        return sum;
    }
}
