using Wye.Catalog;

namespace Wye.Routing.Balancing;

/// <summary><c>least-busy</c>: fewest calls under way first; equals by weight. What cannot take a call now comes last.</summary>
/// <remarks>
/// Calls are counted as leases that expire (<see cref="Health.DeploymentLoad.InFlight"/>), so a lost end does not keep a
/// deployment busy for ever. A conversation stays where it was.
/// </remarks>
public sealed class LeastBusyPolicy : IBalancingPolicy
{
    /// <inheritdoc/>
    public string Name => "least-busy";

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
            keys[i] = context.IsReady(deployments[i])
                ? context.StateOf(deployments[i]).Load.InFlight
                : DeploymentOrder.Last;
        }

        DeploymentOrder.Stable(deployments, keys);
        var held = context.Hold(deployments);
        if (context.Note is { } note)
        {
            note.Text = held ? BalancingText.Held : BalancingText.Of(Name, keys[0], " in flight");
        }
    }
}
