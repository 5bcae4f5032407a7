namespace Wye.Quality.Heads;

/// <summary>Working memory of one scoring; not thread-safe, reused.</summary>
internal sealed class EstimateScratch
{
    /// <summary>Most cells, classes or neighbours an estimator may rank.</summary>
    public const int Limit = 1024;

    /// <summary>Scores of cells or classes.</summary>
    public float[] Scores { get; } = new float[Limit];

    /// <summary>The nearest cells of the prompt estimated last; empty until a <see cref="ClustersEstimator"/> has set it.</summary>
    public CellMix Mix => new(Cells.AsSpan(0, CellsKept), CellWeights.AsSpan(0, CellsKept));

    /// <summary>Numbers behind <see cref="Mix"/>.</summary>
    public int[] Cells { get; } = new int[ClustersEstimator.Mixed];

    /// <summary>Weights behind <see cref="Mix"/>.</summary>
    public float[] CellWeights { get; } = new float[ClustersEstimator.Mixed];

    /// <summary>How many there are.</summary>
    public int CellsKept { get; set; }

    /// <summary>The neighbours kept.</summary>
    public NearestRows Nearest { get; } = new();

    /// <summary>Latent position in whole numbers.</summary>
    public short[] Wide { get; } = new short[Limit];

    /// <summary>The same in bytes.</summary>
    public sbyte[] Narrow { get; } = new sbyte[Limit];

    /// <summary>Inputs of the boosted trees.</summary>
    public float[] Inputs { get; } = new float[Limit];

    /// <summary>Outputs of the base estimators, [estimators × heads].</summary>
    public float[] Base { get; } = new float[16 * Limit];
}
