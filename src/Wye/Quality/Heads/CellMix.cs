namespace Wye.Quality.Heads;

/// <summary>The nearest cells of a prompt, nearest first, with weights that sum to 1; empty where the router has no cells.</summary>
internal readonly ref struct CellMix(ReadOnlySpan<int> cells, ReadOnlySpan<float> weights)
{
    /// <summary>Numbers of the cells.</summary>
    public ReadOnlySpan<int> Cells { get; } = cells;

    /// <summary>Weight of each.</summary>
    public ReadOnlySpan<float> Weights { get; } = weights;
}
