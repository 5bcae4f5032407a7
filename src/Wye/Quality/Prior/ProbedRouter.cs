namespace Wye.Quality.Prior;

/// <summary>A router's cells with the corrections of a pool's models.</summary>
/// <param name="Router">The router.</param>
/// <param name="Cells">Its cells.</param>
/// <param name="Corrections">One per model of the pool; null = not probed.</param>
internal sealed record ProbedRouter(RouterSnapshot Router, ClustersEstimator Cells, ProbeCorrection?[] Corrections);
