using Wye.Catalog;
using Wye.Health;

namespace Wye.Routing.Balancing;

/// <summary>
/// <c>rate-limit-headroom</c>: the largest share of its stated requests and tokens per minute left first; equals by weight.
/// One that states no limit has all of it left.
/// </summary>
/// <remarks>Counts a moving minute, not calendar minutes. A conversation stays where it was.</remarks>
public sealed class RateLimitHeadroomPolicy : IBalancingPolicy
{
    /// <inheritdoc/>
    public string Name => "rate-limit-headroom";

    /// <inheritdoc/>
    public void Order(Span<Deployment> deployments, in BalancingContext context)
    {
        if (deployments.Length < 2)
        {
            return;
        }

        WeightedPolicy.Draw(deployments, context);
        var keys =
            deployments.Length <= DeploymentOrder.OnStack
                ? stackalloc double[deployments.Length]
                : new double[deployments.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var deployment = deployments[i];
            keys[i] = context.IsReady(deployment)
                ? -context.StateOf(deployment).Load.Headroom(deployment, context.ExpectedTokens)
                : DeploymentOrder.Last;
        }

        DeploymentOrder.Stable(deployments, keys);
        var held = context.Hold(deployments);
        if (context.Note is { } note)
        {
            note.Text =
                (held ? BalancingText.Held : BalancingText.Of(Name, -100 * keys[0], "% left"))
                + AtLimit(deployments, context);
        }
    }

    // Those at a limit are tried last, so nobody would hear of them otherwise.
    private static string AtLimit(Span<Deployment> deployments, in BalancingContext context)
    {
        var text = "";
        foreach (var deployment in deployments)
        {
            var limit = context.StateOf(deployment).Load.LimitReached(deployment, context.ExpectedTokens);
            if (limit != RateLimit.None)
            {
                text += $", {deployment.Id} at its limit of {limit.ToString().ToLowerInvariant()}";
            }
        }

        return text;
    }
}
