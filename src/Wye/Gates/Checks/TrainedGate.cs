using Wye.Gates.Features;

namespace Wye.Gates.Checks;

/// <summary><c>learned</c>: P(the answer is right), from a gate that was trained on labelled answers. Score = that probability.</summary>
internal sealed class TrainedGate(IAnswerScorer scorer, double threshold) : Gate("learned")
{
    [ThreadStatic]
    private static FeatureScratch? s_scratch;

    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        Span<float> features = stackalloc float[AnswerFeatures.MostFeatures];
        var count = AnswerFeatures.Write(answer, s_scratch ??= new FeatureScratch(), features);
        var right = scorer.Score(features[..count]);
        return !double.IsFinite(right) ? GateVerdict.Abstain("learned: no score")
            : right >= threshold ? GateVerdict.Pass(right)
            : GateVerdict.Refuse("learned: likely wrong", right);
    }
}
