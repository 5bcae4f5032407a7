using Wye.Primitives;
using Wye.Quality.Heads;
using Wye.Quality.Routers;
using Wye.Signals.Features;

namespace Wye.Quality.Prior;

/// <summary>Fits by how much a small probe set corrects the profile that stands in for a model.</summary>
internal static class ProbeCorrection
{
    /// <summary>Questions that the mean correction is not worth.</summary>
    public const float Pseudo = 10;

    /// <summary>Fits to judged answers; null = there is none.</summary>
    /// <param name="router">A router that has quality heads.</param>
    /// <param name="profile">Who speaks for the model.</param>
    /// <param name="answers">Its judged answers.</param>
    public static ResidualModel? Fit(RouterSnapshot router, ModelProfile profile, IReadOnlyList<ProbeAnswer> answers)
    {
        if (answers.Count == 0)
            return null;
        var scratch = new PromptScratch();
        float[] heads = new float[router.Quality!.Heads];
        float[] position = new float[router.Encoder.PositionWidth];
        var sums = new ResidualSums();
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
            router.Encoder.Place(prompt.Dense, position);
            float expected = profile.Raised(Math.Clamp(heads[profile.Head], 0, 1));
            double missed = Math.Clamp(answer.Score, 0, 1) - expected;
            sums.Add(PromptPosition.Of(position), (int)Math.Round(missed * ResidualSums.Whole), 1);
        }

        return sums.Fit(Pseudo);
    }
}
