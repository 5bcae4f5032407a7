namespace Wye.Chat.Conversations;

/// <summary>How sure the model was of its tokens, from the log-probabilities its provider returned.</summary>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="Mean">Mean natural log-probability, ≤ 0.</param>
/// <param name="Least">Smallest natural log-probability, ≤ 0.</param>
/// <param name="Entropy">Mean entropy over the alternatives returned, in nats, ≥ 0; null = no alternatives came.</param>
public sealed record TokenConfidence(int Tokens, double Mean, double Least, double? Entropy)
{
    /// <summary>Tokens whose alternatives came, over which <see cref="Entropy"/> is the mean; default all of them.</summary>
    public int WithAlternatives { get; init; } = Entropy is null ? 0 : Tokens;

    /// <summary>This together with what came after it.</summary>
    public TokenConfidence With(TokenConfidence next)
    {
        ArgumentNullException.ThrowIfNull(next);
        var (tokens, alternatives) = (Tokens + next.Tokens, WithAlternatives + next.WithAlternatives);
        return new TokenConfidence(
            tokens,
            ((Mean * Tokens) + (next.Mean * next.Tokens)) / tokens,
            Math.Min(Least, next.Least),
            alternatives == 0 ? null : (Sum(this) + Sum(next)) / alternatives
        )
        {
            WithAlternatives = alternatives,
        };

        static double Sum(TokenConfidence one) => one.Entropy.GetValueOrDefault() * one.WithAlternatives;
    }
}
