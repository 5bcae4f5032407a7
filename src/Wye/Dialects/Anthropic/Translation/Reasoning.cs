using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Dialects.Anthropic.Requests;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>How a demand for reasoning is put, and when reasoning of another dialect is shown.</summary>
internal static class Reasoning
{
    /// <summary>Least budget that the provider takes.</summary>
    public const int LeastBudget = 1_024;

    /// <summary>
    /// Whether a caller sees the reasoning of a provider of another dialect: only who asked for thinking and not for its
    /// omission, since others take the first block for the answer. An effort alone brings no thinking to sight.
    /// </summary>
    public static bool IsShown(ChatRequest request)
    {
        if (RequestKeys.Find(request, RequestKey.Thinking) is not { } field)
        {
            return false;
        }

        using var thinking = Json.Parse(request.Body.Slice(field.Value.Start, field.Value.Length));
        return thinking.RootElement.String("type"u8) is "enabled" or "adaptive"
            && thinking.RootElement.String("display"u8) is not "omitted";
    }

    /// <summary>Thinking tokens for a demand; null = there is no room for it within <paramref name="outputBound"/>.</summary>
    public static int? BudgetOf(ReasoningDemand demand, int outputBound)
    {
        // The bound holds thinking and answer together: the answer keeps at least half.
        var wanted = demand.BudgetTokens ?? OfEffort(demand.Effort);
        var budget = Math.Min(wanted, outputBound / 2);
        return budget >= LeastBudget ? budget : null;
    }

    /// <summary>The effort for a demand, in the names that every model with efforts takes.</summary>
    public static string EffortOf(ReasoningDemand demand) =>
        demand switch
        {
            { Effort: "minimal" or "low" } => "low",
            { Effort: "medium" } => "medium",
            { Effort: { } } => "high",
            { BudgetTokens: < 4_096 } => "low",
            { BudgetTokens: < 16_384 } => "medium",
            _ => "high",
        };

    private static int OfEffort(string? effort) =>
        effort switch
        {
            "minimal" => LeastBudget,
            "low" => 2_048,
            "high" => 16_384,
            "xhigh" or "max" => 32_768,
            _ => 8_192,
        };
}
