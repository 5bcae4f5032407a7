using System.Collections.Immutable;

namespace Wye.Gates.Composing;

/// <summary>
/// <c>all</c>: refused as soon as one refuses; an abstention when one cannot tell or waits for a call; passed when one passes and
/// the others pass or have nothing to look at. Score = the least.
/// </summary>
/// <param name="parts">Asked in order.</param>
/// <param name="strict">Whether a part that has nothing to look at keeps the whole from passing.</param>
internal sealed class AllGate(ImmutableArray<IGate> parts, bool strict) : IGate
{
    /// <inheritdoc/>
    public string Kind => "all";

    /// <inheritdoc/>
    public async ValueTask<GateVerdict> JudgeAsync(AnswerView answer, CancellationToken cancellationToken)
    {
        var (passed, least) = (0, 1d);
        GateVerdict? unsure = null;
        GateVerdict? skipped = null;
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
                    if (verdict.NotApplicable && !strict)
                    {
                        skipped ??= verdict;
                    }
                    else
                    {
                        unsure = verdict.Pending ? verdict : unsure ?? verdict;
                    }

                    break;
            }
        }

        return unsure ?? (passed == 0 ? skipped : null) ?? GateVerdict.Pass(least);
    }
}
