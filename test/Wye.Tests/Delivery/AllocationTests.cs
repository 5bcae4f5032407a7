using Wye.Catalog;
using Wye.Chat;
using Wye.Health;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Primitives.Randomness;
using Wye.Routing.Plans;

namespace Wye.Delivery;

public class AllocationTests
{
    [Fact]
    public async Task AFrame_AllocatesNothing_AndARequestLittle()
    {
        // The first deliveries fill pools and compile code.
        for (var i = 0; i < 50; i++)
        {
            await MeasureAsync(frames: 10);
        }

        var few = await MeasureAsync(frames: 10);
        var many = await MeasureAsync(frames: 2010);
        (many - few).ShouldBeLessThan(2000, "less than a byte per frame");
        few.ShouldBeLessThan(6000, "rows, heads and one object per call; builds without optimisation box more");
    }

    private readonly ChatDelivery _delivery;
    private readonly Models _models = new();
    private readonly Sink _sink = new();
    private readonly RoutePlan _plan = DeliveryWorld.Chain("a");
    private readonly ChatRequest _chat = DeliveryWorld.Asked(stream: true);

    public AllocationTests() =>
        _delivery = new ChatDelivery(
            _models,
            new HealthRegistry(TimeProvider.System, new HealthOptions(), new SeededRandomSource(1)),
            new Ledger(),
            TimeProvider.System,
            new SeededRandomSource(1)
        );

    private async Task<long> MeasureAsync(int frames)
    {
        _models.Frames = frames;
        var request = new DeliveryRequest
        {
            Id = new RequestId("req"),
            Chat = _chat,
            Plan = _plan,
            Key = new KeyId("key"),
            ArrivedAt = TimeProvider.System.GetUtcNow(),
            ArrivedTimestamp = TimeProvider.System.GetTimestamp(),
        };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var delivery = _delivery.DeliverAsync(request, _sink, CancellationToken.None);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        delivery.IsCompletedSuccessfully.ShouldBeTrue("everything here answers at once, on this thread");
        (await delivery).Error.ShouldBeNull();
        return allocated;
    }

    private sealed class Models : IModelSource, IChatModel
    {
        public int Frames { get; set; }

        public IChatModel Open(Deployment deployment) => this;

        public ValueTask<ChatExchange> SendAsync(ChatCall call, CancellationToken cancellationToken) =>
            new(new Exchange(Frames));
    }

    private sealed class Exchange(int frames) : ChatExchange
    {
        private static readonly byte[] Data = "data"u8.ToArray();
        private int _at;

        public override ValueTask<ChatFrame> ReadFrameAsync(CancellationToken cancellationToken)
        {
            var left = frames - _at++;
            var kinds =
                left > 0 ? ChatFrameKinds.Content
                : left == 0 ? ChatFrameKinds.Finish
                : ChatFrameKinds.End;
            return new(
                new ChatFrame
                {
                    Dialect = DialectId.OpenAi,
                    Data = Data,
                    Kinds = kinds,
                    ContentBytes = 4,
                }
            );
        }
    }

    private sealed class Ledger : ILedgerWriter
    {
        public ValueTask SettleAsync(LedgerRecord record, CancellationToken cancellationToken) => default;
    }

    private sealed class Sink : IDeliverySink
    {
        public ValueTask ReplyAsync(ChatReply reply, Outcome outcome, CancellationToken cancellationToken) => default;

        public ValueTask FailAsync(ChatError error, Outcome outcome, CancellationToken cancellationToken) => default;

        public ValueTask StartStreamAsync(DeliveryHead head, CancellationToken cancellationToken) => default;

        public ValueTask WriteFrameAsync(ChatFrame frame, CancellationToken cancellationToken) => default;

        public ValueTask EndStreamAsync(
            ChatFrame terminator,
            ChatError? error,
            Outcome outcome,
            CancellationToken cancellationToken
        ) => default;
    }
}
