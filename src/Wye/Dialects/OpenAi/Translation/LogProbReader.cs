using System.Text.Json;
using Wye.Chat.Conversations;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Reads the token log-probabilities of a choice.</summary>
internal static class LogProbReader
{
    /// <summary>Sums them up; null = there are none.</summary>
    public static TokenConfidence? Read(JsonElement choice)
    {
        var (tokens, sum, least, entropy, alternatives) = (0, 0d, 0d, 0d, 0);
        foreach (var token in choice.Member("logprobs"u8).Member("content"u8).Items())
        {
            if (Number(token) is not { } own)
            {
                continue;
            }

            tokens++;
            sum += own;
            least = Math.Min(least, own);
            var (mass, any) = (0d, false);
            foreach (var other in token.Member("top_logprobs"u8).Items())
            {
                if (Number(other) is { } logprob)
                {
                    mass -= Math.Exp(logprob) * logprob;
                    any = true;
                }
            }

            entropy += mass;
            alternatives += any ? 1 : 0;
        }

        return tokens == 0
            ? null
            : new TokenConfidence(tokens, sum / tokens, least, alternatives == 0 ? null : entropy / alternatives);
    }

    private static double? Number(JsonElement token) =>
        token.Member("logprob"u8) is { ValueKind: JsonValueKind.Number } value
        && value.TryGetDouble(out var logprob)
        && logprob <= 0
        && double.IsFinite(logprob)
            ? logprob
            : null;
}
