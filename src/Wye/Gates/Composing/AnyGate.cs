using System.Collections.Immutable;

namespace Wye.Gates.Composing;

/// <summary><c>any</c>: passed as soon as one passes; refused when one refuses and none passes; else an abstention. Score = the greatest.</summary>
internal sealed class AnyGate(ImmutableArray<IGate> parts) : IGate
{
    /// <inheritdoc/>
    public string Kind => "any";

    /// <inheritdoc/>
    public async ValueTask<GateVerdict> JudgeAsync(AnswerView answer, CancellationToken cancellationToken)
    {
        GateVerdict? refused = null;
        GateVerdict? abstained = null;
        foreach (var part in parts)
        {
            var verdict = await part.JudgeAsync(answer, cancellationToken);
            switch (verdict.Decision)
            {
                case GateDecision.Passed:
                    return verdict;
                case GateDecision.Refused:
                    refused = refused is { } worse && worse.Score >= verdict.Score ? worse : verdict;
                    break;
                default:
                    abstained = verdict.Pending ? verdict : abstained ?? verdict;
                    break;
            }
        }

        return abstained is { Pending: true } waits
            ? waits
            : refused ?? abstained ?? GateVerdict.Abstain("any: nothing to ask");
    }
}
