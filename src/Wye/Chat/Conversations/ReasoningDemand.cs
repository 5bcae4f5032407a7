namespace Wye.Chat.Conversations;

/// <summary>How much the model shall reason; formats name an effort or a budget, seldom both.</summary>
/// <param name="Effort">E.g. <c>low</c>, <c>medium</c>, <c>high</c>; null = not said.</param>
/// <param name="BudgetTokens">Most reasoning tokens; null = not said.</param>
public sealed record ReasoningDemand(string? Effort, int? BudgetTokens);
