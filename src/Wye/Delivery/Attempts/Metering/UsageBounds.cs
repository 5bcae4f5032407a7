using Wye.Catalog;
using Wye.Chat;

namespace Wye.Delivery.Attempts.Metering;

/// <summary>What usage a provider may believably report for one call, and the prompt estimate when it reports none.</summary>
/// <param name="PromptEstimate">Estimated prompt tokens.</param>
/// <param name="PromptMost">Most prompt tokens that are believed.</param>
/// <param name="OutputMost">Most output tokens that are believed.</param>
internal readonly record struct UsageBounds(long PromptEstimate, long PromptMost, long OutputMost)
{
    /// <summary>Choices assumed when a request asks for several; the view does not hold the number.</summary>
    public const int MostChoices = 128;

    /// <summary>Bounds of one call.</summary>
    public static UsageBounds Of(DeliveryRequest request, Model model, int? maxOutputTokens)
    {
        long asked =
            maxOutputTokens ?? request.Chat.MaxOutputTokens ?? Math.Max(model.ContextTokens, model.MaxOutputTokens);
        var choices = (request.Chat.Features & ChatFeatures.ManyChoices) != ChatFeatures.None ? MostChoices : 1;
        return new(
            Math.Max(0, request.PromptTokens),
            Math.Max(model.ContextTokens, request.PromptTokenBound),
            Math.Max(0, asked) * choices
        );
    }
}
