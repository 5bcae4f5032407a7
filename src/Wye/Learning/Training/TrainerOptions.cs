namespace Wye.Learning.Training;

/// <summary>Sizes and penalties of training; the defaults are what the measured figures were made with.</summary>
internal sealed record TrainerOptions
{
    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Latent dimensions.</summary>
    public int LatentWidth { get; init; } = 96;

    /// <summary>Most word buckets that have a latent direction; those that move prompts most are kept.</summary>
    public int ProjectedBuckets { get; init; } = 24 * 1024;

    /// <summary>Documents an n-gram must occur in.</summary>
    public int LeastDocuments { get; init; } = 2;

    /// <summary>Directions of the response factors.</summary>
    public int Factors { get; init; } = 4;

    /// <summary>Folds inside the training data for stack, forests and calibration.</summary>
    public int InnerFolds { get; init; } = 4;

    /// <summary>Ridge penalty of the models on latent positions and scalars.</summary>
    public double LatentPenalty { get; init; } = 30;

    /// <summary>Cells of the neighbourhood table.</summary>
    public int Cells { get; init; } = 128;

    /// <summary>Cells searched for a pair's neighbours.</summary>
    public int Probes { get; init; } = 12;

    /// <summary>The same for models' quality, which asks for fewer neighbours.</summary>
    public int ModelProbes { get; init; } = 8;

    /// <summary>Directions in head space the forests see.</summary>
    public int Views { get; init; } = 3;

    /// <summary>Depth and number of trees of each forest of a pair's gain.</summary>
    public (int Depth, int Trees)[] Forests { get; init; } = [(2, 250), (3, 150), (5, 120)];

    /// <summary>The same for models' quality: stacks of pools gave flatter trees nothing.</summary>
    public (int Depth, int Trees)[] ModelForests { get; init; } = [(5, 120)];
}
