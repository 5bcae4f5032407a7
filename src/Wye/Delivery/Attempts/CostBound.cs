using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Delivery.Attempts;

/// <summary>Bounds the cost of one call before it is made, and lowers its output until it fits the cap.</summary>
internal static class CostBound
{
    /// <summary>Whether a call can be made within <paramref name="cap"/>.</summary>
    /// <param name="cap">Most that the call may cost.</param>
    /// <param name="deployment">Where it would go; an unknown price never fits.</param>
    /// <param name="request">Its prompt bound and output bound.</param>
    /// <param name="least">Least output bound that may be set.</param>
    /// <param name="lowered">Output bound to set, in tokens; null = the request's own fits.</param>
    public static bool TryFit(Usd cap, Deployment deployment, DeliveryRequest request, int least, out int? lowered)
    {
        lowered = null;
        if (deployment.Price is not { } price)
        {
            return false;
        }

        var left = (Int128)cap.PicoDollars - ((Int128)DearestInput(price) * Math.Max(0, request.PromptTokenBound));
        if (left < 0)
        {
            return false;
        }

        var choices =
            (request.Chat.Features & ChatFeatures.ManyChoices) != ChatFeatures.None ? UsageBounds.MostChoices : 1;
        var perToken = (Int128)price.Output.PicoDollars * choices;
        var wanted = request.Chat.MaxOutputTokens ?? deployment.Model.MaxOutputTokens;
        if (perToken * wanted <= left)
        {
            return true;
        }

        var most = left / perToken;
        lowered = (int)most;
        return most >= least;
    }

    // Which part of the prompt is read from or written to a cache is not known before the call.
    private static long DearestInput(Price price)
    {
        var dearest = price.Input.PicoDollars;
        dearest = Math.Max(dearest, price.CacheWrite?.PicoDollars ?? 0);
        return Math.Max(dearest, price.CacheRead?.PicoDollars ?? 0);
    }
}
