namespace Wye.Gates.Checks;

/// <summary><c>logprobs</c>: the tokens' log-probabilities stay above bounds. Without them the gate abstains. Score = e^mean.</summary>
/// <param name="mean">Least mean log-probability, ≤ 0; null = no matter.</param>
/// <param name="least">Least log-probability of any token, ≤ 0; null = no matter.</param>
/// <param name="entropy">Most mean entropy, in nats; null = no matter.</param>
internal sealed class ConfidenceGate(double? mean, double? least, double? entropy) : Gate("logprobs")
{
    // As many as OpenAI's older endpoints give: enough for an entropy.
    private const int Alternatives = 5;

    /// <summary>Alternatives per token it wants to see.</summary>
    public int LogProbs => entropy is null ? 0 : Alternatives;

    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        if (answer.Parts?.Confidence is not { } confidence || (entropy is not null && confidence.Entropy is null))
        {
            return GateVerdict.Abstain("logprobs: none returned");
        }

        var score = Math.Exp(confidence.Mean);
        return confidence.Mean < mean || confidence.Least < least || confidence.Entropy > entropy
            ? GateVerdict.Refuse("logprobs: unsure", score)
            : GateVerdict.Pass(score);
    }
}
