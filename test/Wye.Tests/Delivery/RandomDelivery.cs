using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Chat;
using Wye.Gates;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;

namespace Wye.Delivery;

/// <summary>A random plan over random targets, with a random caller; the same for the same seed.</summary>
internal sealed class RandomDelivery : IGateKeeper
{
    private static readonly FailureKind[] Kinds = Enum.GetValues<FailureKind>();
    private static readonly GateId Gate = new("random");

    private readonly Random _random;

    public RandomDelivery(int seed)
    {
        _random = new Random(seed);
        World = new DeliveryWorld(gates: this);
        Stream = Chance(0.5);
        var pool = Enumerable
            .Range(0, 5)
            .Select(i =>
                DeliveryWorld.Deployment($"d{i}", unpriced: Chance(0.1)) with
                {
                    MaxInFlight = Chance(0.1) ? 1 : null,
                }
            )
            .ToArray();
        foreach (var deployment in pool)
        {
            World.Models.Plan(
                deployment.Id.Value,
                [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => RandomScript(deployment))]
            );
            if (Chance(0.15))
            {
                World.Eject(deployment.Id.Value);
            }
        }

        var count = _random.Next(1, 7);
        Plan = DeliveryWorld.Plan([.. Enumerable.Range(0, count).Select(i => RandomNode(i, count, pool))]) with
        {
            Bounds = new PlanBounds
            {
                MaxFailureAttempts = _random.Next(1, 5),
                MaxUpstreamCalls = _random.Next(1, 9),
                FirstToken = TimeSpan.FromSeconds(10),
                InterToken = TimeSpan.FromSeconds(3),
                Total = TimeSpan.FromSeconds(_random.Next(1, 60)),
            },
        };
        World.Sink.TakesHeartbeats = Chance(0.3);
        World.Ledger.Fault = Chance(0.05) ? new LedgerUnavailableException() : null;
        var leavesAt = Chance(0.15) ? _random.Next(1, 6) : 0;
        World.Models.OnCall = _ =>
        {
            if (World.Models.Calls.Count == leavesAt)
            {
                World.Caller.Cancel();
            }
        };
    }

    public DeliveryWorld World { get; }

    public RoutePlan Plan { get; }

    public bool Stream { get; }

    /// <summary>Delivers, moving the clock to the next timer whenever nothing else happens.</summary>
    public async Task<Outcome> RunAsync()
    {
        var delivery = World.Deliver(Plan, DeliveryWorld.Asked(Stream, Chance(0.5) ? 500 : null));
        for (var moves = 0; !delivery.IsCompleted && World.Time.NextDue is { } due; moves++)
        {
            moves.ShouldBeLessThan(1000, "the walk ends");
            World.Time.Advance(due);
        }

        return await delivery.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public bool Knows(GateId gate) => gate == Gate;

    public ValueTask<GateVerdict> JudgeAsync(GateId gate, GateSubject subject, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new GateVerdict((GateDecision)_random.Next(3), _random.NextDouble()));

    public bool RefusesEarly(GateId gate, ChatRequest request, ReadOnlySpan<byte> beginning) => Chance(0.3);

    public bool TryAsk(
        GateId gate,
        ChatRequest request,
        ChatReply reply,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ChatRequest? question
    )
    {
        question = Chance(0.8) ? DeliveryWorld.Asked(stream: Stream) : null;
        return question is not null;
    }

    private bool Chance(double share) => _random.NextDouble() < share;

    private PlanNode RandomNode(int at, int count, Deployment[] pool)
    {
        var deployments = pool.OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)).ToArray();
        var kind = Chance(0.3) ? (CallKind)_random.Next(4) : CallKind.Answer;
        return DeliveryWorld.Node(deployments) with
        {
            Retries = _random.Next(3),
            Gate = kind == CallKind.Judge || Chance(0.4) ? Gate : null,
            Kind = kind,
            PassFrom = Chance(0.2) ? 0.5 : null,
            CostCap = Chance(0.15) ? new Usd(_random.Next(1, 20_000) * 1_000_000L) : null,
            TimeCap = Chance(0.2) ? TimeSpan.FromSeconds(_random.Next(1, 8)) : null,
            Edges = [.. Enumerable.Range(0, _random.Next(5)).Select(_ => RandomEdge(at, count))],
        };
    }

    private PlanEdge RandomEdge(int at, int count)
    {
        var on = Chance(0.5) ? EdgeEvent.Failed : (EdgeEvent)_random.Next(6);
        var target = at + 1 < count && Chance(0.8) ? _random.Next(at + 1, count) : -_random.Next(1, 4);
        return new PlanEdge(on, target)
        {
            Failures = Chance(0.7) ? FailureKindSet.General : new FailureKindSet((uint)_random.Next()),
            ScoreFrom = Chance(0.3) ? 0.3 : 0,
            ScoreBelow = Chance(0.3) ? 0.6 : 0,
            Label = Chance(0.5) ? "d0" : null,
        };
    }

    private Script RandomScript(Deployment deployment) =>
        _random.Next(10) switch
        {
            < 4 => Script.Fail(
                Kinds[_random.Next(Kinds.Length)],
                Chance(0.5) ? 500 : null,
                Chance(0.3) ? TimeSpan.FromSeconds(_random.Next(1, 30)) : null
            ),
            4 => Script.Hang(),
            5 => Script.Throw(new InvalidOperationException("scripted")),
            _ when Stream => Script.Stream([.. RandomFrames(deployment)]),
            _ => Script.Answer(
                Chance(0.1) ? "" : deployment.Id.Value,
                Chance(0.2) ? new Usage { InputTokens = -1 } : null
            ),
        };

    private ImmutableArray<FrameStep> RandomFrames(Deployment deployment)
    {
        var frames = ImmutableArray.CreateBuilder<FrameStep>();
        frames.Add(Script.Role());
        for (var i = _random.Next(4); i > 0; i--)
        {
            frames.Add(Chance(0.2) ? Script.Ping() : Script.Content(deployment.Id.Value));
        }

        if (Chance(0.25))
        {
            frames.Add(Chance(0.5) ? Script.Stall() : Script.Broken(Kinds[_random.Next(Kinds.Length)]));
        }

        frames.Add(Script.Stop(Chance(0.2) ? FinishReason.Length : FinishReason.Stop));
        frames.Add(Script.UsageFrame(Script.SomeUsage));
        frames.Add(Script.End());
        return frames.ToImmutable();
    }
}
