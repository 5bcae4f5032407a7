using System.Text.Json;
using Wye.Chat.Conversations;

namespace Wye.Dialects.Translation;

/// <summary>Sums the log-probabilities of tokens up. What is no number ≤ 0 is left out.</summary>
internal struct ConfidenceSum
{
    private int _tokens;
    private int _withAlternatives;
    private double _sum;
    private double _least;
    private double _entropy;

    /// <summary>Adds a token.</summary>
    /// <param name="token">Holds its log-probability.</param>
    /// <param name="name">Name of the member that does, in it and in the alternatives.</param>
    /// <param name="alternatives">What else might have stood there; not an array = none came.</param>
    public void Add(JsonElement token, ReadOnlySpan<byte> name, JsonElement alternatives)
    {
        if (Number(token.Member(name)) is not { } own)
        {
            return;
        }

        _tokens++;
        _sum += own;
        _least = Math.Min(_least, own);
        var (mass, any) = (0d, false);
        foreach (var other in alternatives.Items())
        {
            if (Number(other.Member(name)) is { } logprob)
            {
                mass -= Math.Exp(logprob) * logprob;
                any = true;
            }
        }

        _entropy += mass;
        _withAlternatives += any ? 1 : 0;
    }

    /// <summary>All of them; null = none came.</summary>
    public readonly TokenConfidence? ToConfidence() =>
        _tokens == 0
            ? null
            : new TokenConfidence(
                _tokens,
                _sum / _tokens,
                _least,
                _withAlternatives == 0 ? null : _entropy / _withAlternatives
            )
            {
                WithAlternatives = _withAlternatives,
            };

    private static double? Number(JsonElement value) =>
        value is { ValueKind: JsonValueKind.Number }
        && value.TryGetDouble(out var logprob)
        && logprob <= 0
        && double.IsFinite(logprob)
            ? logprob
            : null;
}
