using Wye.Delivery.Walking;
using Wye.Primitives;
using Wye.Testing;
using static Wye.Delivery.DeliveryWorld;

namespace Wye.Delivery;

public class RetryBudgetTests
{
    private readonly DeliveryWorld _world = new(random: 0);

    private List<Task<Outcome>> Send(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                    _world
                        .Delivery.DeliverAsync(
                            _world.Request(Chain("a", "b"), Asked(stream: false)),
                            new RecordingSink(),
                            CancellationToken.None
                        )
                        .AsTask()
                ),
        ];

    [Theory]
    [InlineData(0, 3)]
    [InlineData(15, 3)]
    [InlineData(20, 4)]
    [InlineData(1000, 200)]
    public void AFifthOfTheRunningRequests_AtLeastThree_MayRetryAtOnce(int active, int permits)
    {
        var budget = new RetryBudget(new DeliveryOptions());
        for (var i = 0; i < active; i++)
        {
            budget.Enter();
        }

        for (var i = 0; i < permits; i++)
        {
            budget.TryTake().ShouldBeTrue();
        }

        budget.TryTake().ShouldBeFalse();
        budget.Return();
        budget.TryTake().ShouldBeTrue();
        budget.Taken.ShouldBe(permits);
    }

    [Fact]
    public async Task ABurstOfFallbacks_AsksAFewWhetherTheTargetIsWell_ThenAllFollow()
    {
        // 50 calls fail together; b has never been called and takes 10 ms to answer.
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError, 500));
        _world.Models.Plan("b", Script.Answer("fine"));
        _world.Models.Hold("a");
        _world.Models.Hold("b");
        var sent = Send(50);
        _world.Models.Release("a");
        _world.Models.Calls.Count(call => call.Deployment.Value is "b").ShouldBe(10, "a fifth of 50");
        _world.Time.Advance(TimeSpan.FromMilliseconds(10));
        _world.Models.Release("b");
        _world.Time.Advance(TimeSpan.FromMilliseconds(40));
        (await Task.WhenAll(sent)).ShouldAllBe(outcome => outcome.Error == null);
    }

    [Fact]
    public async Task ABurstOfFallbacksToATargetThatHangs_StaysSmall()
    {
        _world.Models.Plan("a", Script.Fail(FailureKind.ServerError, 500));
        _world.Models.Hold("a");
        _world.Models.Plan("b", Script.Hang());
        var sent = Send(50);
        _world.Models.Release("a");
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        _world.Models.Calls.Count(call => call.Deployment.Value is "b").ShouldBe(10);
        var done = sent.Where(delivery => delivery.IsCompleted).ToList();
        done.Count.ShouldBe(40);
        foreach (var delivery in done)
        {
            var outcome = await delivery;
            outcome.Error!.Status.ShouldBe(500, "the caller hears why the call failed");
            outcome.Head.Why.ShouldEndWith("; retry budget used up");
        }

        _world.Time.Advance(TimeSpan.FromSeconds(600));
        await Task.WhenAll(sent);
        _world.Time.Armed.ShouldBe(0);
    }
}
