using Wye.Quality.Routers;

namespace Wye.Quality.Prior;

/// <summary>A router with the corrections of a pool's models by their probes.</summary>
/// <param name="Router">The router.</param>
/// <param name="Corrections">One per model of the pool; null = not probed.</param>
internal sealed record ProbedRouter(RouterSnapshot Router, ResidualModel?[] Corrections);
