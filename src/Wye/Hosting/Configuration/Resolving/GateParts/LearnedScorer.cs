using Wye.Gates;
using Wye.Quality.Routers;

namespace Wye.Hosting.Configuration.Resolving.GateParts;

/// <summary>Lets a learned gate of a router file score answers.</summary>
internal sealed class LearnedScorer(LearnedGate gate) : IAnswerScorer
{
    /// <inheritdoc/>
    public double Score(ReadOnlySpan<float> features) => gate.Score(features);
}
