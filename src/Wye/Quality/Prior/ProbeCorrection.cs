using Wye.Quality.Heads;
using Wye.Quality.Routers;
using Wye.Signals.Features;

namespace Wye.Quality.Prior;

/// <summary>Fits by how much a small probe set corrects the profile that stands in for a model.</summary>
internal static class ProbeCorrection
{
    /// <summary>Questions that no correction is worth.</summary>
    public const float Pseudo = 10;

    /// <summary>Fits to judged answers; null = there is none, or the router has no cells.</summary>
    public static CellCorrection? Fit(RouterSnapshot router, ModelProfile profile, IReadOnlyList<ProbeAnswer> answers)
    {
        if (answers.Count == 0 || CellsOf(router) is not { } cells)
            return null;
        var scratch = new PromptScratch();
        float[] heads = new float[router.Quality!.Heads];
        int[] counts = new int[cells.Cells];
        double[] missed = new double[cells.Cells];
        foreach (ProbeAnswer answer in answers)
        {
            var text = new PromptText
            {
                User = answer.Prompt,
                System = answer.System,
                Tools = answer.Tools,
            };
            EncodedPrompt prompt = router.Encode(text, scratch);
            router.Quality.Estimate(prompt, scratch.Estimates, heads);
            int nearest = scratch.Estimates.Mix.Cells[0];
            counts[nearest]++;
            missed[nearest] += answer.Score - profile.Raised(Math.Clamp(heads[profile.Head], 0, 1));
        }

        return CellCorrection.Of(counts, missed, Pseudo);
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
}
