using FsCheck;
using FsCheck.Fluent;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Delivery;

public class DeliveryProperties
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(1, 3);

    [Fact]
    public void AnyPlanOverAnyTargets_EndsWithinItsBounds_WithOneAnswerAndARightLedger() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), CheckAsync).Check(Cases);

    private static async Task CheckAsync(int seed)
    {
        var random = new RandomDelivery(seed);
        var arrived = random.World.Time.Elapsed;
        var outcome = await random.RunAsync();

        var world = random.World;
        CheckBounds(random, outcome.Record, world.Time.Elapsed - arrived);
        CheckTargets(random.Plan, outcome.Record);
        CheckEnds(world, outcome);
        CheckSums(random.Plan, outcome.Record);
        world.Time.Armed.ShouldBe(0, "no timer is left behind");
    }

    private static void CheckBounds(RandomDelivery random, LedgerRecord record, TimeSpan took)
    {
        var bounds = random.Plan.Bounds;
        record.Attempts.Length.ShouldBe(random.World.Models.Calls.Count);
        record.Attempts.Length.ShouldBeLessThanOrEqualTo(bounds.MaxUpstreamCalls);
        record.Attempts.Count(IsByFailure).ShouldBeLessThanOrEqualTo(bounds.MaxFailureAttempts);
        took.ShouldBeLessThanOrEqualTo(bounds.Total);
    }

    private static bool IsByFailure(AttemptEntry attempt) => attempt.Cause is "first" or "retry" or "fallback";

    private static void CheckTargets(RoutePlan plan, LedgerRecord record)
    {
        var reachable = new HashSet<int> { 0 };
        for (var i = 0; i < plan.Nodes.Length; i++)
        {
            if (reachable.Contains(i))
            {
                reachable.UnionWith(plan.Nodes[i].Edges.Select(edge => edge.Target).Where(target => target >= 0));
            }
        }

        foreach (var attempt in record.Attempts)
        {
            reachable.ShouldContain(attempt.Node);
            plan.Nodes[attempt.Node].Deployments.Select(deployment => deployment.Id).ShouldContain(attempt.Deployment);
        }

        foreach (var (node, index) in plan.Nodes.Select((node, index) => (node, index)))
        {
            // The panic rule may come back to a node once, for a deployment that was not called before.
            record.Attempts.Count(attempt => attempt.Node == index).ShouldBeLessThanOrEqualTo(2 * (node.Retries + 1));
        }
    }

    private static void CheckEnds(DeliveryWorld world, Outcome outcome)
    {
        var journal = world.Journal;
        journal.Count(line => line is "settle").ShouldBe(1);
        journal[^2].ShouldBe("settle", "nothing but the last byte follows the settlement");
        var started = journal.Any(line => line is "start" or "ping");
        journal[^1]
            .Split(' ')[0]
            .ShouldBe(
                (started, outcome.Error) switch
                {
                    (true, null) => "end",
                    (true, _) => "cut",
                    (false, null) => "reply",
                    _ => "fail",
                }
            );
        var text = world.Sink.Text;
        if (text.Length > 0)
        {
            var answering = outcome.Head.Deployment!.Value.Value;
            text.Replace(answering, "", StringComparison.Ordinal).ShouldBe("", "only one target speaks to the caller");
        }

        world.Ledger.Tokens.ShouldAllBe(token => !token.CanBeCanceled);
    }

    private static void CheckSums(RoutePlan plan, LedgerRecord record)
    {
        var usage = new Usage();
        var cost = Usd.Zero;
        foreach (var attempt in record.Attempts)
        {
            var price = plan.Nodes[attempt.Node]
                .Deployments.Single(deployment => deployment.Id == attempt.Deployment)
                .Price;
            attempt.Cost.ShouldBe(price?.CostOf(attempt.Usage));
            usage += attempt.Usage;
            cost += attempt.Cost ?? Usd.Zero;
            CheckCap(plan.Nodes[attempt.Node], attempt);
        }

        record.Request.Usage.ShouldBe(usage);
        record.Request.Cost.ShouldBe(cost);
        record.Request.Unpriced.ShouldBe(record.Attempts.Any(attempt => attempt.Cost is null));
        record.Request.Estimated.ShouldBe(record.Attempts.Any(attempt => attempt.Estimated));
        record.Request.Attempts.ShouldBe(record.Attempts.Length);
        (record.Request.Failure is null).ShouldBe(record.Request.StrongCost is not null);
    }

    private static void CheckCap(PlanNode node, AttemptEntry attempt)
    {
        if (node.CostCap is { } cap)
        {
            attempt.Cost!.Value.ShouldBeLessThanOrEqualTo(cap);
        }
    }
}
