using System.Globalization;
using Wye.Catalog;

namespace Wye.Routing.Balancing;

/// <summary>
/// <c>priority</c>: lower <see cref="Deployment.Order"/> first; of equal order by weight, as <c>weighted</c>. What is cooling
/// down, full or at its limits is passed over, so calls flow over to the next order and back.
/// </summary>
/// <remarks>A conversation stays where it was among equals only: the order is what was paid for.</remarks>
public sealed class PriorityPolicy : IBalancingPolicy
{
    /// <inheritdoc/>
    public string Name => "priority";

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
            keys[i] = deployments[i].Order;
        }

        DeploymentOrder.Stable(deployments, keys);
        if (context.Note is { } note)
        {
            note.Text = string.Create(CultureInfo.InvariantCulture, $"by priority (order {deployments[0].Order})");
        }
    }
}
