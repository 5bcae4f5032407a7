using System.Text.Json;
using Wye.Chat.Conversations;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Reads the token log-probabilities of a choice, of an answer or of a chunk.</summary>
internal static class LogProbReader
{
    /// <summary>Sums them up; null = there are none.</summary>
    public static TokenConfidence? Read(JsonElement choice)
    {
        var sum = default(ConfidenceSum);
        foreach (var token in choice.Member("logprobs"u8).Member("content"u8).Items())
        {
            sum.Add(token, "logprob"u8, token.Member("top_logprobs"u8));
        }

        return sum.ToConfidence();
    }
}
