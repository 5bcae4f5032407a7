using System.Collections.Immutable;

namespace Wye.Gates.Composing;

/// <summary><c>all</c>: refused as soon as one refuses; not passed while one waits for a call; passed when one passes and none refuses; else an abstention. Score = the least.</summary>
/// <param name="parts">Asked in order.</param>
/// <param name="strict">Whether an abstention of any keeps the whole from passing.</param>
internal sealed class AllGate(ImmutableArray<IGate> parts, bool strict) : IGate
{
    /// <inheritdoc/>
    public string Kind => "all";

    /// <inheritdoc/>
    public async ValueTask<GateVerdict> JudgeAsync(AnswerView answer, CancellationToken cancellationToken)
    {
        var (passed, abstained, least) = (0, (GateVerdict?)null, 1d);
        foreach (var part in parts)
        {
            var verdict = await part.JudgeAsync(answer, cancellationToken);
            switch (verdict.Decision)
            {
                case GateDecision.Refused:
                    return verdict;
                case GateDecision.Passed:
                    passed++;
                    least = Math.Min(least, verdict.Score);
                    break;
                default:
                    abstained = verdict.Pending ? verdict : abstained ?? verdict;
                    break;
            }
        }

        return abstained is { } unsure && (strict || passed == 0 || unsure.Pending) ? unsure : GateVerdict.Pass(least);
    }
}
