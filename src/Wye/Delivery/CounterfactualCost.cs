using Wye.Catalog;
using Wye.Delivery.Attempts;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Delivery;

/// <summary>What the answered call would have cost by other models. Failed calls, retries and verifiers are not in it.</summary>
/// <remarks>
/// Another tokenizer counts the prompt otherwise (±15 %), another model answers at another length (half to twice), and would not
/// have had the same cached prefix. The factors are judgement, not measured; both bounds are kept so that nobody takes the middle
/// for a fact. The model that did answer is exact.
/// </remarks>
internal static class CounterfactualCost
{
    public const double LeastPrompt = 0.85;
    public const double MostPrompt = 1.15;
    public const double LeastOutput = 0.5;
    public const double MostOutput = 2;

    public static Counterfactual Of(DeliveryRequest request, Attempt answer) =>
        new()
        {
            Strong = Of(request.Plan.Strong, request, answer),
            CheapestModel = request.Cheapest?.Id,
            Cheapest = Of(request.Cheapest, request, answer),
            PreviousPolicy = request.PreviousPolicy,
            PreviousModel = request.PreviousModel?.Id,
            Previous = Of(request.PreviousModel, request, answer),
        };

    private static CostRange? Of(Model? model, DeliveryRequest request, Attempt answer)
    {
        if (model?.Price is not { } price)
        {
            return null;
        }

        var usage = answer.Metered.Usage;
        var expected = price.CostOf(usage);
        if (model.Id == answer.Deployment.Model.Id && !answer.Metered.Estimated)
        {
            return new CostRange(expected, expected, expected);
        }

        var most = Math.Min(request.Chat.MaxOutputTokens ?? long.MaxValue, Math.Max(model.MaxOutputTokens, 1));
        var low = price.CostOf(Scaled(usage, LeastPrompt, LeastOutput));
        var high = price.CostOf(Uncached(Scaled(usage, MostPrompt, MostOutput, Math.Max(most, usage.OutputTokens))));
        return new CostRange(low < expected ? low : expected, expected, high > expected ? high : expected);
    }

    private static Usage Scaled(in Usage usage, double prompt, double output, long most = long.MaxValue)
    {
        var answer = Math.Min(Times(usage.OutputTokens, output), most);
        return usage with
        {
            InputTokens = Times(usage.InputTokens, prompt),
            CacheReadTokens = Times(usage.CacheReadTokens, prompt),
            CacheWriteTokens = Times(usage.CacheWriteTokens, prompt),
            CacheWriteHourTokens = Times(usage.CacheWriteHourTokens, prompt),
            OutputTokens = answer,
            ReasoningTokens = Math.Min(Times(usage.ReasoningTokens, output), answer),
            AudioOutputTokens = 0,
        };
    }

    private static Usage Uncached(in Usage usage) =>
        usage with
        {
            InputTokens =
                usage.InputTokens + usage.CacheReadTokens + usage.CacheWriteTokens + usage.CacheWriteHourTokens,
            CacheReadTokens = 0,
            CacheWriteTokens = 0,
            CacheWriteHourTokens = 0,
        };

    private static long Times(long tokens, double factor) => (long)Math.Round(tokens * factor);
}
