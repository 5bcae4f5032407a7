using Wye.Catalog;
using Wye.Health;

namespace Wye.Routing.Balancing;

/// <summary>
/// <c>lowest-latency</c>: of two deployments drawn at random, the one with the lower latency × (calls under way + 1). Latency
/// is a peak-EWMA: to the first content of streams, to the whole answer else.
/// </summary>
/// <remarks>
/// Two choices bound every deployment's share to twice a fair one, whatever its latency seems to be. One that has given fewer
/// than 10 answers counts as no faster than the others do on average, so it is no magnet. One without an answer for
/// 60 s, while others had some, counts as fast as they are on average: what was slow once is tried again. Weights do not matter.
/// A conversation stays where it was. (Mitzenmacher 2001 for the choices; Finagle's <c>P2CPeakEwma</c> for the load.)
/// </remarks>
public sealed class LowestLatencyPolicy : IBalancingPolicy
{
    /// <summary>Answers after which a deployment's latency counts as known.</summary>
    public const int WarmAfter = 10;

    /// <summary>Time without an answer after which a deployment's latency counts as unknown.</summary>
    public static TimeSpan StaleAfter { get; } = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => "lowest-latency";

    /// <inheritdoc/>
    public void Order(Span<Deployment> deployments, in BalancingContext context)
    {
        if (deployments.Length < 2)
        {
            return;
        }

        var keys =
            deployments.Length <= DeploymentOrder.OnStack
                ? stackalloc double[deployments.Length]
                : new double[deployments.Length];
        var ready = Score(deployments, keys, context);
        DeploymentOrder.Stable(deployments, keys);
        if (ready > 1)
        {
            ToFront(deployments, keys, Choose(keys[..ready], context));
        }

        var held = context.Hold(deployments);
        if (context.Note is { } note)
        {
            note.Text =
                held ? BalancingText.Held
                : Latency(deployments[0], context).Milliseconds is { } known ? BalancingText.Of(Name, known, " ms")
                : $"by {Name} (not measured yet)";
        }
    }

    private static LatencyAverage Latency(Deployment deployment, in BalancingContext context)
    {
        var load = context.StateOf(deployment).Load;
        return context.Stream ? load.FirstToken : load.Reply;
    }

    /// <summary>Fills in the scores; returns how many deployments can take a call.</summary>
    private static int Score(Span<Deployment> deployments, Span<double> keys, in BalancingContext context)
    {
        var usual = Usual(deployments, context);
        var ready = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            if (!context.IsReady(deployments[i]))
            {
                keys[i] = DeploymentOrder.Last;
                continue;
            }

            ready++;
            keys[i] =
                Expected(Latency(deployments[i], context), usual) * (context.StateOf(deployments[i]).Load.InFlight + 1);
        }

        return ready;
    }

    /// <summary>The mean of the latencies that are known and fresh; null = none is.</summary>
    private static double? Usual(Span<Deployment> deployments, in BalancingContext context)
    {
        var (sum, count) = (0.0, 0);
        foreach (var deployment in deployments)
        {
            var average = Latency(deployment, context);
            if (average.Count >= WarmAfter && average.Age < StaleAfter)
            {
                sum += average.Milliseconds ?? 0;
                count++;
            }
        }

        return count == 0 ? null : sum / count;
    }

    private static double Expected(LatencyAverage average, double? usual)
    {
        // Nothing to compare with: what is known counts, and where nothing is, calls under way alone decide.
        var known = average.Milliseconds ?? usual ?? 1;
        return Math.Max(
            double.Epsilon,
            usual is not { } others ? known
                : average.Age >= StaleAfter ? others
                : average.Count < WarmAfter ? Math.Max(known, others)
                : known
        );
    }

    // Two different ones at random. The keys are sorted, so the lower index is the better; equals fall as the draw does.
    private static int Choose(ReadOnlySpan<double> keys, in BalancingContext context)
    {
        var one = (int)(context.Random.NextDouble() * keys.Length);
        var other = (int)(context.Random.NextDouble() * (keys.Length - 1));
        other += other >= one ? 1 : 0;
        return keys[other] < keys[one] ? other : one;
    }

    private static void ToFront(Span<Deployment> deployments, Span<double> keys, int chosen)
    {
        var (moving, key) = (deployments[chosen], keys[chosen]);
        deployments[..chosen].CopyTo(deployments[1..]);
        keys[..chosen].CopyTo(keys[1..]);
        (deployments[0], keys[0]) = (moving, key);
    }
}
