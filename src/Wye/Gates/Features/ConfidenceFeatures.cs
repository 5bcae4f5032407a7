namespace Wye.Gates.Features;

/// <summary>Token log-probabilities, where the provider returned them.</summary>
internal static class ConfidenceFeatures
{
    public static void Write(AnswerView view, ref FeatureSink sink)
    {
        var confidence = view.Subject.Reply.Answers is null ? null : view.Parts?.Confidence;
        sink.Add("has_logprobs", confidence is not null);
        sink.Add("mean_logprob", confidence?.Mean ?? 0);
        sink.Add("least_logprob", confidence?.Least ?? 0);
        sink.Add("entropy", confidence?.Entropy ?? 0);
    }
}
