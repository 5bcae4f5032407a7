namespace Wye.Chat.Conversations;

/// <summary>How sure the model was of its tokens, from the log-probabilities its provider returned.</summary>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="Mean">Mean natural log-probability, ≤ 0.</param>
/// <param name="Least">Smallest natural log-probability, ≤ 0.</param>
/// <param name="Entropy">Mean entropy over the alternatives returned, in nats, ≥ 0; null = no alternatives came.</param>
public sealed record TokenConfidence(int Tokens, double Mean, double Least, double? Entropy);
