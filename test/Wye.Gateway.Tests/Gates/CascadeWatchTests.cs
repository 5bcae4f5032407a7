using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wye.Delivery;
using Wye.Hosting;
using Wye.Hosting.Telemetry;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Gateway.Gates;

/// <summary>The alarm of a cascade that costs more than going strong.</summary>
public sealed class CascadeWatchTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static readonly RouteName Route = new("checked");

    private readonly RecordingLog _log = new();

    private CascadeWatch Watch() =>
        new(world.Host.Services.GetRequiredService<SnapshotStore>(), TimeProvider.System, _log.Of<CascadeWatch>());

    private static Outcome Outcome(
        long weak,
        long strong,
        bool escalated,
        string policy = "cascade",
        string route = "checked"
    )
    {
        var id = new RequestId("r");
        AttemptEntry Row(int number, string cause, long cost) =>
            new()
            {
                Request = id,
                Number = number,
                At = DateTimeOffset.UnixEpoch,
                Cause = cause,
                Model = new ModelId("m"),
                Deployment = new DeploymentId("d"),
                Cost = new Usd(cost),
            };
        AttemptEntry[] rows = escalated
            ? [Row(1, "first", weak), Row(2, "escalation", strong)]
            : [Row(1, "first", weak)];
        var request = new RequestEntry
        {
            Id = id,
            At = DateTimeOffset.UnixEpoch,
            Key = new KeyId("k"),
            Route = new RouteName(route),
            RequestedModel = route,
            Policy = policy,
            Why = "",
            Cost = new Usd(rows.Sum(row => row.Cost!.Value.PicoDollars)),
            StrongCost = new Usd(strong),
        };
        var head = new DeliveryHead
        {
            Request = id,
            Route = request.Route,
            Why = "",
        };
        return new Outcome(head, new LedgerRecord(request, [.. rows]), null);
    }

    [Fact]
    public void ACascadeThatCostsMore_IsTold_OnceAnHour()
    {
        using var watch = Watch();
        for (var i = 0; i < 300; i++)
        {
            watch.Observe(Outcome(weak: 4, strong: 10, escalated: i % 10 != 0));
        }

        _log.Lines.Select(line => line.Event).ShouldBe(["wye.cascade.costs_more"]);
        watch.CostRatioOf(Route)!.Value.ShouldBe(1.3, 0.02);
        var (escalated, breakEven) = watch.SharesOf(Route)!.Value;
        escalated.ShouldBe(0.9, 0.02);
        breakEven.ShouldBe(0.6, 0.001, "e* = 1 - 4 / 10");
    }

    [Fact]
    public void ACascadeThatPays_IsNotTold_AndNeitherAreFewRequests()
    {
        using var watch = Watch();
        for (var i = 0; i < 300; i++)
        {
            watch.Observe(Outcome(weak: 1, strong: 10, escalated: i % 2 == 0));
        }

        for (var i = 0; i < CascadeWatch.Least - 1; i++)
        {
            watch.Observe(Outcome(weak: 9, strong: 10, escalated: true, route: "shown"));
        }

        _log.Lines.ShouldBeEmpty();
        watch.CostRatioOf(Route)!.Value.ShouldBeLessThan(1);
    }

    [Fact]
    public void OtherPoliciesAndUnknownRoutes_AreNotCounted()
    {
        using var watch = Watch();
        watch.Observe(Outcome(1, 10, escalated: true, policy: "static"));
        watch.Observe(Outcome(1, 10, escalated: true, route: "made up by a caller"));
        watch.CostRatioOf(Route).ShouldBeNull();
    }
}
