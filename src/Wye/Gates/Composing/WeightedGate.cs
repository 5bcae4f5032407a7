using System.Collections.Immutable;

namespace Wye.Gates.Composing;

/// <summary><c>weighted</c>: the mean score by weight of those that do not abstain passes a threshold.</summary>
internal sealed class WeightedGate(ImmutableArray<(IGate Gate, double Weight)> parts, double threshold) : IGate
{
    /// <inheritdoc/>
    public string Kind => "weighted";

    /// <inheritdoc/>
    public async ValueTask<GateVerdict> JudgeAsync(AnswerView answer, CancellationToken cancellationToken)
    {
        var (sum, weights) = (0d, 0d);
        foreach (var (gate, weight) in parts)
        {
            var verdict = await gate.JudgeAsync(answer, cancellationToken);
            if (verdict.Pending)
            {
                return verdict;
            }

            if (verdict.Decision != GateDecision.Abstained)
            {
                sum += weight * verdict.Score;
                weights += weight;
            }
        }

        if (weights == 0)
        {
            return GateVerdict.Abstain("weighted: all abstain");
        }

        var score = sum / weights;
        return score >= threshold ? GateVerdict.Pass(score) : GateVerdict.Refuse("weighted: below", score);
    }
}
