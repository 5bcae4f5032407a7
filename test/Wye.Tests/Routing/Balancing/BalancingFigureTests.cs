using System.Globalization;
using Wye.Primitives.Randomness;
using Wye.Testing;

namespace Wye.Routing.Balancing;

/// <summary>The figures of balancing; <c>eng/verify balancing</c> records them.</summary>
public class BalancingFigureTests
{
    private const int Picks = 10_000;
    private static readonly Lock Gate = new();

    [Fact]
    public void Weighted_KeepsItsWeightsWithin2PercentOver10000Picks()
    {
        double[] weights = [8, 4, 2, 1, 0.5];
        var deployments = A.Deployments(weights.Length, (i, one) => one with { Weight = weights[i] });
        var worst = 0.0;
        for (var seed = 1; seed <= 5; seed++)
        {
            var context = new BalancingContext
            {
                Health = A.Health(new ManualTime()),
                Random = new SeededRandomSource(seed),
            };
            var counts = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < Picks; i++)
            {
                var first = A.First(new WeightedPolicy(), deployments, context);
                counts[first] = counts.GetValueOrDefault(first) + 1;
            }

            for (var i = 0; i < weights.Length; i++)
            {
                var share = (double)counts[deployments[i].Id.Value] / Picks;
                worst = Math.Max(worst, Math.Abs(share - (weights[i] / weights.Sum())));
            }
        }

        Record("weights", "largest deviation of a share from its weight, 10,000 picks, 5 seeds", worst, 0.02);
        worst.ShouldBeLessThan(0.02);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(200)]
    public void LowestLatency_HasAtMostSixTenthsOfTheP99OfRoundRobin_WhenOneOfFourIsTenTimesSlower(int perSecond)
    {
        double[] means = [50, 50, 50, 500];
        var ratios = new List<double>();
        for (var seed = 1; seed <= 5; seed++)
        {
            var ours = new QueueWorld(new LowestLatencyPolicy(), means, perSecond, seed).Run(Picks).P99;
            ratios.Add(ours / new QueueWorld(new RoundRobin(), means, perSecond, seed).Run(Picks).P99);
        }

        Record(
            string.Create(CultureInfo.InvariantCulture, $"p99-{perSecond}"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"p99 of lowest-latency / p99 of round robin, one of four 10x slower, {perSecond} calls/s, worst of 5 seeds"
            ),
            ratios.Max(),
            0.6
        );
        ratios.Max().ShouldBeLessThanOrEqualTo(0.6);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    [InlineData(5_000)]
    public void LowestLatency_GivesANewDeploymentAtMostTwiceItsShare_HoweverFastItIs(double newMeanMilliseconds)
    {
        const int window = 200;
        double[] means = [50, 50, 50, newMeanMilliseconds];
        var world = new QueueWorld(new LowestLatencyPolicy(), means, perSecond: 100);
        for (var i = 0; i < 3; i++)
        {
            for (var n = 0; n < 2 * LowestLatencyPolicy.WarmAfter; n++)
            {
                world.Health.Of(world.Deployments[i].Id).Load.FirstToken.Observe(TimeSpan.FromMilliseconds(50));
            }
        }

        world.Run(Picks);

        // While it is new, counted from its first pick on, and then in every window of 200 picks.
        var newPicks = world.Picks.Where((pick, i) => world.SeenBefore[i][3] < LowestLatencyPolicy.WarmAfter).ToList();
        var whileNew = (double)newPicks.Count(pick => pick == 3) / newPicks.Count;
        var name = newMeanMilliseconds.ToString(CultureInfo.InvariantCulture);
        Record(
            $"new-{name}",
            $"share of a new deployment of four ({name} ms against 50 ms) / its fair share",
            whileNew * 4,
            2
        );
        whileNew.ShouldBeLessThanOrEqualTo(0.5);
        var most = Enumerable
            .Range(0, Picks - window)
            .Max(from => world.Picks.Skip(from).Take(window).Count(pick => pick == 3));

        // By then it is known; two choices let the fastest have half, give or take four standard deviations of 200 draws.
        ((double)most / window).ShouldBeLessThanOrEqualTo(0.5 + (4 * Math.Sqrt(0.25 / window)));
    }

    private static void Record(string id, string what, double value, double bound)
    {
        if (Environment.GetEnvironmentVariable("WYE_FIGURES") is { Length: > 0 } file)
        {
            lock (Gate)
            {
                File.AppendAllText(
                    file,
                    string.Create(CultureInfo.InvariantCulture, $"{id}\t{what}\t{value:0.0000}\t{bound}\n")
                );
            }
        }
    }
}
