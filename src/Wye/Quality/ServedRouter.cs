using Wye.Chat.Prompts;
using Wye.Quality.Estimates;
using Wye.Quality.Files;
using Wye.Quality.Heads;
using Wye.Quality.Numerics;
using Wye.Quality.Routers;

namespace Wye.Quality;

/// <summary>A router as it is served: its estimators and what its file says of it. Immutable and thread-safe.</summary>
internal sealed class ServedRouter
{
    /// <summary>Name shown in <c>why</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Tells its estimators from another router's; empty = not read from a file, so that outcomes do not correct it.</summary>
    public string Identity { get; init; } = "";

    /// <summary>Whether on questions it never saw it beat the best constant model and the random mix over its own models.</summary>
    public bool Champion { get; init; }

    /// <summary>Threshold from threshold calibration; null = not calibrated.</summary>
    public double? Threshold { get; init; }

    /// <summary>Quality of the models it measured.</summary>
    public required IQualityEstimator Quality { get; init; }

    /// <summary>Pairs with an estimate of their own.</summary>
    public IReadOnlyList<IWinRateEstimator> Pairs { get; init; } = [];

    /// <summary>Answer lengths, in the order of <see cref="Quality"/>; null = not predicted.</summary>
    public IAnswerLengthEstimator? Lengths { get; init; }

    /// <summary>Mean quality per measured model; empty = not known.</summary>
    public IReadOnlyList<float> Means { get; init; } = [];

    /// <summary>The trained router behind the estimators, for explanations; null = estimators made by hand.</summary>
    public RouterSnapshot? Snapshot { get; init; }

    /// <summary>Serves a router as read from its file.</summary>
    /// <param name="manifest">What the file says of itself.</param>
    /// <param name="router">The router.</param>
    /// <param name="encoder">Encodes prompts where it was trained on outside embeddings.</param>
    /// <exception cref="RouterFileException">It has no quality heads.</exception>
    public static ServedRouter Of(RouterManifest manifest, RouterSnapshot router, IPromptEncoder? encoder = null)
    {
        if (router.Quality is null)
        {
            if (router.Pairs.Count == 0 && router.Gates.Count > 0)
            {
                var gates = string.Join(", ", router.Gates.Select(gate => $"'{gate.Name}'"));
                throw new RouterFileException(
                    $"The router file '{manifest.Name}' holds no router, only the gate{(router.Gates.Count == 1 ? "" : "s")} {gates}. Name it as a gate: gates: {{ {router.Gates[0].Name}: {{ kind: learned, file: … }} }}, or train a router with 'wye train'."
                );
            }

            throw new RouterFileException(
                $"The router '{manifest.Name}' predicts pairs only, no quality per model. Train it with this program's 'wye train'."
            );
        }

        return new ServedRouter
        {
            Name = manifest.Name,
            Identity = manifest.Identity,
            Champion = manifest.Champion,
            Threshold = manifest.Threshold,
            Quality = new RouterQuality(router, encoder),
            Pairs = [.. router.Pairs.Select(pair => new RouterPair(router, pair))],
            Lengths = router.Lengths is { } lengths ? new RouterLengths(router, lengths) : null,
            Means = MeansOf(router),
            Snapshot = router,
        };
    }

    // Over the training questions, cell by cell; without their sizes every cell counts alike.
    private static float[] MeansOf(RouterSnapshot router)
    {
        if (router.Quality!.Estimators.OfType<ClustersEstimator>().FirstOrDefault() is not { } cells)
            return [];
        int heads = router.Quality.Heads;
        float[] means = new float[heads];
        float total = 0;
        for (int c = 0; c < cells.Cells; c++)
        {
            float weight = router.Topics?.Questions[c] ?? 1;
            total += weight;
            Lanes.AddScaled(cells.Means.AsSpan(c * heads, heads), weight, means);
        }

        for (int h = 0; h < heads; h++)
            means[h] /= Math.Max(1, total);
        return means;
    }
}
