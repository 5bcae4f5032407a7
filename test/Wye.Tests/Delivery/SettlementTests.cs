using Wye.Catalog;
using Wye.Chat;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

public class SettlementTests
{
    private readonly DeliveryWorld _world = new();

    [Fact]
    public async Task TheRow_IsDurableBeforeTheAnswerLeaves()
    {
        _world.Models.Plan("a", Script.Answer("x"));
        await _world.Deliver(Chain("a"));
        _world.Journal.ShouldBe(["settle", "reply"]);
    }

    [Fact]
    public async Task TheRow_HoldsWhatWasAskedAndWhatItCost()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.Overloaded, 503));
        _world.Models.Plan("b", Script.Answer("x", new Usage { InputTokens = 100, OutputTokens = 50 }));
        var outcome = await _world.Deliver(Chain("a", "b") with { StepKind = StepKind.Extract });
        var row = _world.Record.Request;
        row.Cost.ShouldBe(new Usd((100 * 1_000_000L) + (50 * 4_000_000L)));
        row.StrongCost.ShouldBe(new Usd((100 * 10_000_000L) + (50 * 40_000_000L)));
        outcome.Saved.ShouldBe(row.StrongCost!.Value - row.Cost);
        row.Key.ShouldBe(new KeyId("key"));
        row.Route.ShouldBe(new RouteName("auto"));
        row.StepKind.ShouldBe(StepKind.Extract);
        row.Tier.ShouldBe(new TierName("small"));
        row.QueryLength.ShouldBe(42);
        row.DecisionMicroseconds.ShouldBe(7);
        row.Attempts.ShouldBe(2);
        row.Estimated.ShouldBeFalse();
        row.Unpriced.ShouldBeFalse();
        _world.Record.Attempts[0].Cost.ShouldBe(Usd.Zero);
        _world.Record.Attempts[0].Status.ShouldBe(503);
        _world.Record.Attempts[1].Status.ShouldBe(200);
        _world.Record.Attempts.Select(attempt => attempt.Number).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task CacheTokens_HaveTheirOwnPrice()
    {
        var price = new Price(new Usd(10), new Usd(100), CacheRead: new Usd(1), CacheWrite: new Usd(12));
        var usage = new Usage
        {
            InputTokens = 5,
            CacheReadTokens = 7,
            CacheWriteTokens = 3,
            OutputTokens = 2,
        };
        _world.Models.Plan("a", Script.Answer("x", usage));
        await _world.Deliver(Plan(Node(Deployment("a", price))));
        _world.Record.Request.Cost.ShouldBe(new Usd(50 + 7 + 36 + 200));
    }

    [Fact]
    public async Task AnUnknownPrice_IsNeverZero()
    {
        _world.Models.Plan("a", Script.Answer("x"));
        await _world.Deliver(Plan(Node(Deployment("a", unpriced: true))));
        _world.Record.Attempts[0].Cost.ShouldBeNull();
        _world.Record.Request.Unpriced.ShouldBeTrue();
    }

    [Fact]
    public async Task AnUnwritableLedger_WithholdsAnUnstreamedAnswer()
    {
        _world.Models.Plan("a", Script.Answer("secret"));
        _world.Ledger.Fault = new LedgerUnavailableException();
        var outcome = await _world.Deliver(Chain("a"));
        _world.Journal.ShouldBe(["settle", "fail Internal"]);
        outcome.Error!.Code.ShouldBe("ledger_unavailable");
        outcome.Record.Request.Status.ShouldBe(503);
        _world.Sink.Text.ShouldBe("");
    }

    [Fact]
    public async Task AnUnwritableLedger_EndsAStreamVisibly()
    {
        _world.Models.Plan("a", Script.StreamOf("x"));
        _world.Ledger.Fault = new LedgerUnavailableException();
        var outcome = await _world.Deliver(Chain("a"), stream: true);
        _world.Journal.ShouldBe(["start", "role", "x", "finish", "usage", "settle", "cut Internal"]);
        outcome.Error!.Code.ShouldBe("ledger_unavailable");
        outcome.Record.Request.Status.ShouldBe(200);
    }

    public static TheoryData<string, Usage?, Usage, bool> UsageTable =>
        new()
        {
            {
                "given",
                new() { InputTokens = 10, OutputTokens = 3 },
                new() { InputTokens = 10, OutputTokens = 3 },
                false
            },
            {
                "absent",
                null,
                new() { InputTokens = 12, OutputTokens = 2 },
                true
            },
            {
                "negative",
                new() { InputTokens = -1, OutputTokens = 3 },
                new() { InputTokens = 12, OutputTokens = 2 },
                true
            },
            {
                "negative part",
                new()
                {
                    InputTokens = 9,
                    CacheReadTokens = -9,
                    OutputTokens = 3,
                },
                new() { InputTokens = 12, OutputTokens = 2 },
                true
            },
            {
                "over max_tokens",
                new() { InputTokens = 10, OutputTokens = 65 },
                new() { InputTokens = 12, OutputTokens = 2 },
                true
            },
            {
                "at max_tokens",
                new() { InputTokens = 10, OutputTokens = 64 },
                new() { InputTokens = 10, OutputTokens = 64 },
                false
            },
            {
                "2^53",
                new() { InputTokens = 1L << 53, OutputTokens = 3 },
                new() { InputTokens = 12, OutputTokens = 2 },
                true
            },
            {
                "2^62 twice",
                new() { InputTokens = 1L << 62, CacheReadTokens = 1L << 62 },
                new() { InputTokens = 12, OutputTokens = 2 },
                true
            },
            {
                "over the context",
                new() { InputTokens = 100_001, OutputTokens = 3 },
                new() { InputTokens = 12, OutputTokens = 2 },
                true
            },
            {
                "no output counted",
                new() { InputTokens = 10 },
                new() { InputTokens = 10, OutputTokens = 2 },
                true
            },
            {
                "no input counted",
                new() { OutputTokens = 3 },
                new() { InputTokens = 12, OutputTokens = 3 },
                true
            },
            {
                "all zero",
                new(),
                new() { InputTokens = 12, OutputTokens = 2 },
                true
            },
        };

    [Theory]
    [MemberData(nameof(UsageTable))]
    public async Task Usage_IsBelievedOnlyWhenItCanBeTrue(string what, Usage? said, Usage billed, bool estimated)
    {
        foreach (var stream in new[] { false, true })
        {
            var world = new DeliveryWorld();
            FrameStep[] usage = said is { } value ? [Script.UsageFrame(value)] : [];
            world.Models.Plan(
                "a",
                stream
                    ? Script.Stream([Script.Content("8 bytes!"), Script.Stop(), .. usage, Script.End()])
                    : Script.Answer("8 bytes!") with
                    {
                        Usage = said,
                    }
            );
            await world.Deliver(Chain("a"), Asked(stream, maxOutputTokens: 64));
            world.Record.Attempts[0].Usage.ShouldBe(billed, what);
            world.Record.Attempts[0].Estimated.ShouldBe(estimated, what);
        }
    }

    [Fact]
    public async Task UsageSpreadOverFrames_IsPutTogether()
    {
        _world.Models.Plan(
            "a",
            Script.Stream(
                Script.UsageFrame(
                    new Usage
                    {
                        InputTokens = 20,
                        CacheReadTokens = 4,
                        OutputTokens = 1,
                    }
                ),
                Script.Content("x"),
                Script.Stop(),
                Script.UsageFrame(new Usage { OutputTokens = 9 }),
                Script.End()
            )
        );
        await _world.Deliver(Chain("a"), stream: true);
        _world.Record.Request.Usage.ShouldBe(
            new Usage
            {
                InputTokens = 20,
                CacheReadTokens = 4,
                OutputTokens = 9,
            }
        );
        _world.Record.Request.Estimated.ShouldBeFalse();
    }

    [Fact]
    public async Task APartialStream_IsBilledAtLeastAsTheProviderSaid()
    {
        _world.Models.Plan(
            "a",
            Script.Stream(
                Script.UsageFrame(new Usage { InputTokens = 20, OutputTokens = 1 }),
                Script.Content("forty bytes of an answer that never ends"),
                Script.Broken(FailureKind.ConnectionLost)
            )
        );
        await _world.Deliver(Chain("a"), stream: true);
        _world.Record.Request.Usage.ShouldBe(new Usage { InputTokens = 20, OutputTokens = 10 });
        _world.Record.Request.Estimated.ShouldBeTrue();
        _world.Record.Request.StrongCost.ShouldBeNull();
    }

    [Fact]
    public async Task APartialStream_IsFlagged_EvenWhenItsUsageSeemsWhole()
    {
        _world.Models.Plan(
            "a",
            Script.Stream(
                Script.UsageFrame(new Usage { InputTokens = 20, OutputTokens = 9 }),
                Script.Content("x"),
                Script.Broken(FailureKind.ServerError)
            )
        );
        await _world.Deliver(Chain("a"), stream: true);
        _world.Record.Request.Usage.ShouldBe(new Usage { InputTokens = 20, OutputTokens = 9 });
        _world.Record.Request.Estimated.ShouldBeTrue();
    }

    [Fact]
    public async Task ARejectedRequest_HasARowToo()
    {
        var error = new ChatError(FailureKind.ModelNotFound, "There is no such model.") { Code = "model_not_found" };
        var outcome = await _world.Delivery.RejectAsync(
            new RejectedRequest
            {
                Id = new RequestId("req_r"),
                Chat = Asked(stream: true),
                Error = error,
                Route = new RouteName("nope"),
                Key = new KeyId("key"),
                ArrivedAt = _world.Time.GetUtcNow(),
                ArrivedTimestamp = _world.Time.GetTimestamp(),
            },
            _world.Sink,
            CancellationToken.None
        );
        _world.Journal.ShouldBe(["settle", "fail ModelNotFound"]);
        outcome.Record.Request.Status.ShouldBe(404);
        outcome.Head.Why.ShouldBe("rejected: model_not_found");
        _world.Record.Attempts.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheDialectsStatus_StandsInTheRow()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError, 500));
        var request = _world.Request(Chain("a"), Asked(stream: false)) with { StatusOf = static _ => 529 };
        await _world.Delivery.DeliverAsync(request, _world.Sink, CancellationToken.None);
        _world.Record.Request.Status.ShouldBe(529);
    }

    [Fact]
    public async Task Observers_HearTheOutcomeAfterTheLastByte_AndMayThrow()
    {
        var heard = new List<string>();
        DeliveryWorld? world = null;
        world = new DeliveryWorld(
            observers: [new Thrower(), new Listener(outcome => heard.AddRange([.. world!.Journal, outcome.Head.Why]))]
        );
        world.Models.Plan("a", Script.Answer("x"));
        await world.Deliver(Chain("a"));
        heard.ShouldBe(["settle", "reply", "test"]);
    }

    private sealed class Thrower : IOutcomeObserver
    {
        public void Observe(Outcome outcome) => throw new InvalidOperationException("observer");
    }

    private sealed class Listener(Action<Outcome> listen) : IOutcomeObserver
    {
        public void Observe(Outcome outcome) => listen(outcome);
    }
}
