using System.Runtime.CompilerServices;

namespace Wye.Primitives.Pooling;

/// <summary>Async methods whose frames are used again: as the language's own, call after call.</summary>
public sealed class PooledMethodBuilderTests
{
    private static readonly AsyncLocal<string?> Local = new();

    [Fact]
    public async Task Result_OfAMethodThatWaitsAndOfOneThatDoesNot()
    {
        var gate = new TaskCompletionSource<int>();
        var waiting = AddAsync(gate.Task, 1);
        waiting.IsCompleted.ShouldBeFalse();
        (await AddAsync(Task.FromResult(20), 2)).ShouldBe(22);
        gate.SetResult(40);
        (await waiting).ShouldBe(41);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Exception_ReachesWhoAwaits_AndTheNextCallIsUnharmed(bool waits)
    {
        var first = waits
            ? Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken)
            : Task.CompletedTask;
        var error = await Should.ThrowAsync<InvalidOperationException>(async () => await FailAsync(first, "first"));
        error.Message.ShouldBe("first");
        error = await Should.ThrowAsync<InvalidOperationException>(async () => await FailAsync(first, "second"));
        error.Message.ShouldBe("second");
        (await AddAsync(Task.FromResult(1), 1)).ShouldBe(2);
    }

    [Fact]
    public async Task Frame_IsUsedAgain_OnceItsResultIsTaken_AndHoldsNothingMeanwhile()
    {
        // Its own method, so that no other test shares its frames.
        var held = new WeakReference(null);
        Hold(held);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        held.Target.ShouldBeNull();

        var frames = new HashSet<object>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < 1_000; i++)
        {
            var gate = new Gate();
            var task = PassAsync(gate);
            frames.Add(gate.Waiting!.Target!);
            gate.Waiting();
            await task;
        }

        frames.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Task_ThatIsAwaitedTwice_IsRefused()
    {
        var gate = new TaskCompletionSource<int>();
        var task = AddAsync(gate.Task, 1);
        gate.SetResult(1);
        (await task).ShouldBe(2);
        await Should.ThrowAsync<InvalidOperationException>(async () => await task);
    }

    [Fact]
    public async Task Context_IsTheCallersInside_AndWhatTheMethodSetsStaysInside()
    {
        Local.Value = "outside";
        var gate = new TaskCompletionSource();
        var seen = SeeAsync(gate.Task);
        Local.Value = "later";
        gate.SetResult();
        (await seen).ShouldBe(("outside", "inside"));
        Local.Value.ShouldBe("later");
    }

    [Fact]
    public async Task Calls_AtOnce_DoNotMixUp()
    {
        var calls = Enumerable
            .Range(0, 16)
            .Select(worker =>
                Task.Run(async () =>
                {
                    for (var i = 0; i < 2_000; i++)
                    {
                        (await OuterAsync(worker, i)).ShouldBe((worker * 10_000) + i);
                    }
                })
            );
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Thread_KeepsSoManyFramesAndNoMore()
    {
        // Its own method, so that no other test shares its frames.
        const int calls = PooledFrame<bool>.MostKept + 50;
        var first = await FramesOfAsync(calls);
        var second = await FramesOfAsync(calls);
        first.Count.ShouldBe(calls);
        second.Count.ShouldBe(calls);
        second.Intersect(first).Count().ShouldBe(PooledFrame<bool>.MostKept);
    }

    private static async Task<HashSet<object>> FramesOfAsync(int calls)
    {
        var frames = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var gates = new List<Gate>();
        var tasks = new List<ValueTask>();
        for (var i = 0; i < calls; i++)
        {
            gates.Add(new Gate());
            tasks.Add(WaitAsync(gates[i]));
            frames.Add(gates[i].Waiting!.Target!);
        }

        gates.ForEach(gate => gate.Waiting!());
        foreach (var task in tasks)
        {
            await task;
        }

        return frames;
    }

    [AsyncMethodBuilder(typeof(PooledMethodBuilder))]
    private static async ValueTask WaitAsync(Gate gate) => await gate;

    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    private static async ValueTask<int> AddAsync(Task<int> first, int second) => await first + second;

    [AsyncMethodBuilder(typeof(PooledMethodBuilder))]
    private static async ValueTask FailAsync(Task first, string message)
    {
        await first;
        throw new InvalidOperationException(message);
    }

    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    private static async ValueTask<int> HoldAsync(Task gate, int[] held)
    {
        await gate;
        return held.Length;
    }

    [AsyncMethodBuilder(typeof(PooledMethodBuilder))]
    private static async ValueTask PassAsync(Gate gate) => await gate;

    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    private static async ValueTask<(string?, string?)> SeeAsync(Task gate)
    {
        await gate;
        var before = Local.Value;
        Local.Value = "inside";
        await Task.Yield();
        return (before, Local.Value);
    }

    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    private static async ValueTask<int> OuterAsync(int worker, int number)
    {
        await Task.Yield();
        var sum = await InnerAsync(worker, number);
        await InnerAsync(number, worker);
        return sum;
    }

    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    private static async ValueTask<int> InnerAsync(int worker, int number)
    {
        await Task.Yield();
        return (worker * 10_000) + number;
    }

    // Apart, so that no frame of the test holds it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hold(WeakReference held)
    {
        var (gate, kept) = (new TaskCompletionSource(), new int[3]);
        held.Target = kept;
        var task = HoldAsync(gate.Task, kept);
        gate.SetResult();
        task.GetAwaiter().GetResult().ShouldBe(3);
    }

    /// <summary>Shows what waits for it.</summary>
    private sealed class Gate : ICriticalNotifyCompletion
    {
        public Action? Waiting { get; private set; }

        public bool IsCompleted => false;

        public Gate GetAwaiter() => this;

        public void GetResult() { }

        public void OnCompleted(Action continuation) => Waiting = continuation;

        public void UnsafeOnCompleted(Action continuation) => Waiting = continuation;
    }
}
