using Wye.Chat;
using Wye.Primitives;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

public class StreamTests
{
    private readonly DeliveryWorld _world = new();

    private string Journal => string.Join(" | ", _world.Journal);

    [Fact]
    public async Task AWholeStream_IsRelayedInOrder_AndSettledBeforeItsTerminator()
    {
        _world.Models.Plan("a", Script.StreamOf("one", "two"));
        var outcome = await _world.Deliver(Chain("a"), stream: true);
        Journal.ShouldBe("start | role | one | two | finish | usage | settle | end [DONE]");
        outcome.Error.ShouldBeNull();
        _world.Record.Request.Status.ShouldBe(200);
        _world.Record.Request.Stream.ShouldBeTrue();
        _world.Sink.Head!.Deployment.ShouldBe(new DeploymentId("a"));
        _world.Sink.Head.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task FramesBeforeContent_AreHeldBack_AndDroppedWhenTheTargetFails()
    {
        _world.Models.Plan("a", Script.Stream(Script.Role(), Script.Ping(), Script.Broken(FailureKind.ServerError)));
        _world.Models.Plan("b", Script.StreamOf("hello"));
        await _world.Deliver(Chain("a", "b"), stream: true);
        Journal.ShouldBe("start | role | hello | finish | usage | settle | end [DONE]");
        _world.Sink.Head!.Deployment.ShouldBe(new DeploymentId("b"));
        _world.Sink.Head.Why.ShouldBe("test; a server-error -> b");
        _world.Causes.ShouldBe("first fallback");
    }

    [Theory]
    [InlineData(FailureKind.StreamCut)]
    [InlineData(FailureKind.ConnectionLost)]
    [InlineData(FailureKind.BadResponse)]
    [InlineData(FailureKind.ServerError)]
    public async Task AFailureAfterContent_IsShown_AndNothingElseIsCalled(FailureKind kind)
    {
        _world.Models.Plan("a", Script.Stream(Script.Role(), Script.Content("half"), Script.Broken(kind)));
        _world.Models.Plan("b", Script.StreamOf("never"));
        var outcome = await _world.Deliver(Chain("a", "b"), stream: true);
        Journal.ShouldBe($"start | role | half | settle | cut {kind}");
        _world.Called.ShouldBe("a");
        outcome.Error!.Kind.ShouldBe(kind);
        _world.Record.Request.Status.ShouldBe(200, "the head left with it");
        _world.Record.Request.Failure.ShouldBe(kind);
        _world.Record.Request.Model.ShouldBe(new ModelId("a-model"));
        outcome.Saved.ShouldBe(Usd.Zero - outcome.Cost);
    }

    [Fact]
    public async Task AStreamThatEndsWithoutFinishReason_HasFailed()
    {
        _world.Models.Plan("a", Script.Stream(Script.Role(), Script.Content("half"), Script.End()));
        var outcome = await _world.Deliver(Chain("a"), stream: true);
        outcome.Error!.Kind.ShouldBe(FailureKind.StreamCut);
        Journal.ShouldEndWith("settle | cut StreamCut");
        _world.Forget();
        _world.Models.Plan("a", Script.Stream(Script.Role(), Script.End()));
        _world.Models.Plan("b", Script.StreamOf("whole"));
        await _world.Deliver(Chain("a", "b"), stream: true);
        _world.Sink.Text.ShouldBe("whole");
    }

    [Theory]
    [InlineData(FinishReason.Stop, false)]
    [InlineData(FinishReason.None, false)]
    [InlineData(FinishReason.ContentFilter, true)]
    [InlineData(FinishReason.ToolCalls, true)]
    [InlineData(FinishReason.Length, true)]
    public async Task AnEmptyStream_IsDeliveredOnlyWhenItsFinishExplainsIt(FinishReason reason, bool legal)
    {
        var empty = Script.Stream(
            Script.Role(),
            Script.Stop(reason),
            Script.UsageFrame(Script.SomeUsage),
            Script.End()
        );
        _world.Models.Plan("a", empty);
        _world.Models.Plan("b", Script.StreamOf("from b"));
        await _world.Deliver(Chain("a", "b"), stream: true);
        _world.Sink.Text.ShouldBe(legal ? "" : "from b");
        _world.Record.Attempts[0].Failure.ShouldBe(legal ? null : FailureKind.BadResponse);
        _world.Record.Attempts[0].Usage.ShouldBe(Script.SomeUsage, "the provider billed it");
    }

    [Theory]
    [InlineData(FinishReason.Stop, false)]
    [InlineData(FinishReason.ContentFilter, true)]
    [InlineData(FinishReason.Length, true)]
    public async Task AnEmptyWholeAnswer_IsDeliveredOnlyWhenItsFinishExplainsIt(FinishReason reason, bool legal)
    {
        _world.Models.Plan("a", Script.Answer("") with { Finish = reason });
        _world.Models.Plan("b", Script.Answer("from b"));
        await _world.Deliver(Chain("a", "b"));
        _world.Sink.Text.ShouldBe(legal ? "" : "from b");
    }

    [Fact]
    public async Task ToolAndReasoningFrames_CommitAsTextDoes()
    {
        foreach (var kind in new[] { ChatFrameKinds.Tool, ChatFrameKinds.Reasoning })
        {
            var world = new DeliveryWorld();
            var frame = new ChatFrame
            {
                Dialect = DialectId.OpenAi,
                Data = "delta"u8.ToArray(),
                Kinds = kind,
            };
            world.Models.Plan("a", Script.Stream(new FrameStep(frame), Script.Broken(FailureKind.ServerError)));
            world.Models.Plan("b", Script.StreamOf("never"));
            var outcome = await world.Deliver(Chain("a", "b"), stream: true);
            world.Called.ShouldBe("a");
            outcome.Error.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task ATargetThatOnlyPings_IsBoundedInWhatIsHeld()
    {
        var world = new DeliveryWorld(options: new DeliveryOptions { MaxHeldBytes = 1000 });
        world.Models.Plan("a", Script.Stream([.. Enumerable.Repeat(Script.Ping(), 100), Script.Stall()]));
        world.Models.Plan("b", Script.StreamOf("fine"));
        await world.Deliver(Chain("a", "b"), stream: true);
        world.Record.Attempts[0].Failure.ShouldBe(FailureKind.ResponseTooLarge);
        world.Sink.Text.ShouldBe("fine");
    }

    [Fact]
    public async Task AWholeAnswerInPlaceOfAStream_AndTheReverse_AreBadResponses()
    {
        _world.Models.Plan("a", Script.Answer("whole"));
        (await _world.Deliver(Chain("a"), stream: true)).Error!.Kind.ShouldBe(FailureKind.BadResponse);
        _world.Forget();
        _world.Models.Plan("a", Script.StreamOf("stream"));
        (await _world.Deliver(Chain("a"), stream: false)).Error!.Kind.ShouldBe(FailureKind.BadResponse);
    }

    [Fact]
    public async Task FirstTokenTime_IsCountedFromTheCallAndFromTheArrival()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError));
        _world.Models.Plan("b", Script.StreamOf("x"));
        _world.Models.OnCall = id => _world.Time.Advance(TimeSpan.FromMilliseconds(id.Value is "a" ? 100 : 30));
        await _world.Deliver(Chain("a", "b"), stream: true);
        _world.Record.Attempts[0].FirstTokenMilliseconds.ShouldBeNull();
        _world.Record.Attempts[1].FirstTokenMilliseconds.ShouldBe(30);
        _world.Record.Request.FirstTokenMilliseconds.ShouldBe(130);
        _world.Health.Of(new DeploymentId("b")).FirstTokenMilliseconds.ShouldBe(30);
    }

    [Fact]
    public async Task AnAnswerThatHasNoFormInTheCallersDialect_EndsWithWhatTheWriterSays()
    {
        _world.Models.Plan("a", Script.StreamOf("one", "two"));
        _world.Sink.OnWrite = what =>
            what is "one" ? throw new InvalidDataException("calls are mixed. Ask without.") : ValueTask.CompletedTask;
        var outcome = await _world.Deliver(Chain("a", "b"), stream: true);
        outcome.Error!.Kind.ShouldBe(FailureKind.Internal);
        outcome.Error.Code.ShouldBe(ChatErrorCodes.CannotTranslate);
        outcome.Error.Message.ShouldBe("The answer of a cannot be translated: calls are mixed. Ask without.");
        _world.Health.Of(new DeploymentId("a")).ConsecutiveFailures.ShouldBe(0);
    }

    [Fact]
    public async Task AFaultOfTheWriter_IsOursAndEndsTheStreamVisibly()
    {
        _world.Models.Plan("a", Script.StreamOf("one", "two"));
        _world.Sink.OnWrite = what =>
            what is "one" ? throw new InvalidOperationException("writer") : ValueTask.CompletedTask;
        var outcome = await _world.Deliver(Chain("a", "b"), stream: true);
        outcome.Error!.Kind.ShouldBe(FailureKind.Internal);
        Journal.ShouldEndWith("settle | cut Internal");
        _world.Health.Of(new DeploymentId("a")).ConsecutiveFailures.ShouldBe(0);
    }
}
