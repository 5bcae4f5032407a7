using System.Diagnostics;
using System.Diagnostics.Metrics;
using Wye.Delivery;
using Wye.Hosting;
using Wye.Hosting.Configuration;
using Wye.Hosting.Configuration.Resolving;
using Wye.Hosting.Telemetry;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Routing;
using Wye.Testing;

namespace Wye.Gateway.Telemetry;

/// <summary>What nobody listens to costs no memory.</summary>
public sealed class SilenceTests
{
    [Fact]
    public void Metrics_AllocateNothing_WhileNobodyListens()
    {
        using var metrics = new WyeMetrics(new SnapshotStore(Snapshot()), new Unheard());
        var outcome = Outcome();

        Allocations
            .Least(() =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    metrics.Observe(outcome);
                }
            })
            .ShouldBe(0);
    }

    [Fact]
    public void Metrics_AreCounted_OnceSomebodyListens()
    {
        using var metrics = new WyeMetrics(new SnapshotStore(Snapshot()), new Unheard());
        var seen = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Tags?.Any(tag => tag.Key == Unheard.Mark) == true)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => seen.Add(instrument.Name));
        listener.Start();

        metrics.Observe(Outcome());

        seen.ShouldBe([
            "wye.requests",
            "wye.attempts",
            "wye.tokens",
            "wye.tokens",
            "gen_ai.client.token.usage",
            "gen_ai.client.token.usage",
        ]);
    }

    private static WyeSnapshot Snapshot() =>
        SnapshotBuilder
            .Build(
                new WyeConfig
                {
                    Providers = [new ProviderConfig { Name = "here", Dialect = "in-process" }],
                    Models =
                    [
                        new ModelConfig
                        {
                            Name = "gpt-4o-mini",
                            NeverRetires = true,
                            Deployments = [new DeploymentConfig { Provider = "here" }],
                        },
                    ],
                },
                new PolicyRegistry(BuiltInPolicies.Selection, BuiltInPolicies.Balancing)
            )
            .Snapshot!;

    private static Outcome Outcome()
    {
        var id = new RequestId("req_1");
        var usage = new Usage { InputTokens = 5, OutputTokens = 3 };
        var attempt = new AttemptEntry
        {
            Request = id,
            Number = 1,
            At = DateTimeOffset.UnixEpoch,
            Cause = "first",
            Model = new("gpt-4o-mini"),
            Deployment = new("here/gpt-4o-mini"),
            Usage = usage,
            Cost = new Usd(7),
        };
        var request = new RequestEntry
        {
            Id = id,
            At = DateTimeOffset.UnixEpoch,
            Key = new("k"),
            Route = new("auto"),
            RequestedModel = "auto",
            Policy = "static",
            Model = new("gpt-4o-mini"),
            Why = "test",
            Usage = usage,
        };
        var head = new DeliveryHead
        {
            Request = id,
            Route = new("auto"),
            Why = "test",
        };
        return new Outcome(head, new LedgerRecord(request, [attempt]), Error: null);
    }

    /// <summary>Makes meters of another name, so that the listeners of other tests do not hear them.</summary>
    private sealed class Unheard : IMeterFactory
    {
        public const string Mark = "unheard";

        public Meter Create(MeterOptions options) => new(new MeterOptions("Wye.Unheard") { Tags = [new(Mark, true)] });

        public void Dispose() { }
    }
}
