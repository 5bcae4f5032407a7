using Wye.Catalog;

namespace Wye.Routing.Balancing;

/// <summary>Sorting of a few deployments.</summary>
internal static class DeploymentOrder
{
    /// <summary>Most deployments whose keys lie on the stack.</summary>
    public const int OnStack = 64;

    /// <summary>Key of one that cannot take a call now: it comes last.</summary>
    public const double Last = double.PositiveInfinity;

    /// <summary>Sorts by key, lowest first; equals keep their order.</summary>
    public static void Stable(Span<Deployment> deployments, Span<double> keys)
    {
        // Insertion: a model has few deployments.
        for (var i = 1; i < keys.Length; i++)
        {
            var (moving, key) = (deployments[i], keys[i]);
            var at = i;
            for (; at > 0 && keys[at - 1] > key; at--)
            {
                deployments[at] = deployments[at - 1];
                keys[at] = keys[at - 1];
            }

            deployments[at] = moving;
            keys[at] = key;
        }
    }
}
