using Wye.Catalog;
using Wye.Primitives;

namespace Wye.Routing.Balancing;

/// <summary>
/// <c>lowest-cost</c>: the lowest expected cost of this very request first: its prompt and expected output at each
/// deployment's price, with cache reads where the conversation's prompt is cached. Equals by weight; an unknown price last.
/// </summary>
/// <remarks>So a conversation stays where it was unless another deployment is cheaper even without its cache.</remarks>
public sealed class LowestCostPolicy : IBalancingPolicy
{
    // Behind every known price, before what cannot take a call.
    private const double Unknown = double.MaxValue;

    /// <inheritdoc/>
    public string Name => "lowest-cost";

    /// <inheritdoc/>
    public void Order(Span<Deployment> deployments, in BalancingContext context)
    {
        if (deployments.Length < 2)
        {
            return;
        }

        WeightedPolicy.Draw(deployments, context);
        context.Hold(deployments);
        var keys =
            deployments.Length <= DeploymentOrder.OnStack
                ? stackalloc double[deployments.Length]
                : new double[deployments.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] =
                !context.IsReady(deployments[i]) ? DeploymentOrder.Last
                : CostOf(deployments[i], context) is { } cost ? cost.PicoDollars
                : Unknown;
        }

        DeploymentOrder.Stable(deployments, keys);
        if (context.Note is { } note)
        {
            var cost = CostOf(deployments[0], context)?.ToString() ?? "price unknown";
            var loss = Loss(deployments, context);
            note.Text = $"by {Name} (${cost}{loss})";
        }
    }

    /// <summary>Expected cost of the request at a deployment; null = its price is unknown.</summary>
    internal static Usd? CostOf(Deployment deployment, in BalancingContext context)
    {
        var cached = deployment.Id == context.HeldBy ? Math.Min(context.CachedTokens, context.PromptTokens) : 0;
        return deployment.Price?.CostOf(
            new Usage
            {
                InputTokens = context.PromptTokens - cached,
                CacheReadTokens = cached,
                OutputTokens = context.ExpectedOutput,
            }
        );
    }

    private static string Loss(Span<Deployment> deployments, in BalancingContext context)
    {
        if (context.HeldBy is not { } held || deployments[0].Id == held || context.CachedTokens == 0)
        {
            return "";
        }

        foreach (var deployment in deployments)
        {
            if (deployment.Id == held && deployment.Price is { CacheRead: { } read } price)
            {
                var lost = (price.Input - read) * Math.Min(context.CachedTokens, context.PromptTokens);
                return $", leaves {held} and ${lost} of cache";
            }
        }

        return "";
    }
}
