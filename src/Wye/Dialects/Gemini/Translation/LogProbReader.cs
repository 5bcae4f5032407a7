using System.Text.Json;
using Wye.Chat.Conversations;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Gemini.Translation;

/// <summary>Reads the token log-probabilities of an answer, or of a piece of a streamed one.</summary>
internal static class LogProbReader
{
    /// <summary>Sums those of the first candidate up; null = there are none. Its bare mean alone says too little.</summary>
    public static TokenConfidence? Read(JsonElement body)
    {
        var sum = default(ConfidenceSum);
        foreach (var candidate in body.Member("candidates"u8).Items())
        {
            var result = candidate.Member("logprobsResult"u8);
            var tops = result.Member("topCandidates"u8);
            var at = 0;
            foreach (var token in result.Member("chosenCandidates"u8).Items())
            {
                var top = tops.ValueKind == JsonValueKind.Array && at < tops.GetArrayLength() ? tops[at] : default;
                sum.Add(token, "logProbability"u8, top.Member("candidates"u8));
                at++;
            }

            break;
        }

        return sum.ToConfidence();
    }
}
