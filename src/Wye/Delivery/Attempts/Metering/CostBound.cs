using Wye.Catalog;
using Wye.Chat;
using Wye.Ledger.Budgets;
using Wye.Primitives;

namespace Wye.Delivery.Attempts.Metering;

/// <summary>Bounds the cost of one call before it is made, and lowers its output until it fits the cap.</summary>
internal static class CostBound
{
    /// <summary>Most that a call can cost; null = its price is unknown.</summary>
    /// <param name="deployment">Where it would go.</param>
    /// <param name="request">Its prompt bound and output bound.</param>
    /// <param name="lowered">Output bound that is set already, in tokens; null = the request's own.</param>
    /// <param name="least">Least output bound that may be set, besides what the caller gives to reason in.</param>
    public static CallBound? Of(Deployment deployment, DeliveryRequest request, int? lowered, int least)
    {
        if (deployment.Price is not { } price)
        {
            return null;
        }

        var (prompt, kinds) = (Math.Max(0, request.PromptTokenBound), KindsOf(request.Chat));
        var perToken = (Int128)price.DearestOutput(prompt, kinds).PicoDollars * Choices(request);
        return new CallBound(
            price.DearestPrompt(prompt, kinds),
            new Usd((long)Int128.Min(perToken, long.MaxValue)),
            Math.Max(0, lowered ?? Wanted(deployment, request)),
            Least(request, least)
        );
    }

    /// <summary>Whether a call can be made within <paramref name="cap"/>.</summary>
    /// <param name="cap">Most that the call may cost.</param>
    /// <param name="deployment">Where it would go; an unknown price never fits.</param>
    /// <param name="request">Its prompt bound and output bound.</param>
    /// <param name="least">Least output bound that may be set, besides what the caller gives to reason in.</param>
    /// <param name="lowered">Output bound to set, in tokens; null = the request's own fits.</param>
    public static bool TryFit(Usd cap, Deployment deployment, DeliveryRequest request, int least, out int? lowered)
    {
        lowered = null;
        if (deployment.Price is not { } price)
        {
            return false;
        }

        var (prompt, kinds) = (Math.Max(0, request.PromptTokenBound), KindsOf(request.Chat));
        var left = (Int128)cap.PicoDollars - price.DearestPrompt(prompt, kinds).PicoDollars;
        if (left < 0)
        {
            return false;
        }

        var perToken = (Int128)price.DearestOutput(prompt, kinds).PicoDollars * Choices(request);
        var wanted = Wanted(deployment, request);
        if (perToken * wanted <= left)
        {
            return true;
        }

        var most = left / perToken;
        lowered = (int)most;
        return most >= Least(request, least);
    }

    /// <summary>What a request may be billed for besides plain text, as far as its body shows; in doubt, more.</summary>
    internal static BilledKinds KindsOf(ChatRequest request)
    {
        var kinds =
            (request.Features & ChatFeatures.Audio) != ChatFeatures.None ? BilledKinds.Sound : BilledKinds.Plain;
        var body = request.Body.Span;
        if (body.IndexOf("\"1h\""u8) >= 0 || (request.HasUnicodeEscapes ?? body.IndexOf("\\u"u8) >= 0))
        {
            // An escape may hide what is looked for.
            kinds |= BilledKinds.HourCache;
        }

        foreach (var field in request.Fields)
        {
            if (body[field.Name.Start..field.Name.End].SequenceEqual("\"service_tier\""u8))
            {
                kinds |= BilledKinds.OtherTiers;
            }
        }

        return kinds;
    }

    // What a model may reason in is not lowered, and it must be less than the whole: the rest is for the answer.
    private static long Least(DeliveryRequest request, int least) => (request.Chat.ReasoningBudget ?? 0L) + least;

    private static int Wanted(Deployment deployment, DeliveryRequest request) =>
        request.Chat.MaxOutputTokens ?? deployment.Model.MaxOutputTokens;

    private static int Choices(DeliveryRequest request) =>
        (request.Chat.Features & ChatFeatures.ManyChoices) != ChatFeatures.None ? UsageBounds.MostChoices : 1;
}
