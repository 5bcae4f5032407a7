using Wye.Catalog;

namespace Wye.Routing.Balancing;

/// <summary><c>weighted</c>: a random order in which a deployment comes first with a probability in proportion to its weight.</summary>
/// <remarks>
/// Each draws −ln(u) / weight; smallest first (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006).
/// A weight that is not above 0 comes last. A conversation stays where it was.
/// </remarks>
public sealed class WeightedPolicy : IBalancingPolicy
{
    /// <inheritdoc/>
    public string Name => "weighted";

    /// <inheritdoc/>
    public void Order(Span<Deployment> deployments, in BalancingContext context)
    {
        Draw(deployments, context);
        if (context.Note is { } note)
        {
            note.Text = context.Hold(deployments) ? BalancingText.Held : "by weight";
        }
        else
        {
            context.Hold(deployments);
        }
    }

    /// <summary>The weighted order alone.</summary>
    internal static void Draw(Span<Deployment> deployments, in BalancingContext context)
    {
        if (deployments.Length < 2)
        {
            return;
        }

        var keys =
            deployments.Length <= DeploymentOrder.OnStack
                ? stackalloc double[deployments.Length]
                : new double[deployments.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var weight = deployments[i].Weight;
            keys[i] = weight > 0 ? -Math.Log(1 - context.Random.NextDouble()) / weight : DeploymentOrder.Last;
        }

        keys.Sort(deployments);
    }
}
