using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Shouldly;
using Wye.Testing;
using Xunit;

namespace Wye.Gateway.Tests;

public sealed class ResidentMemoryTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly GatewayDrain _drain = new();
    private readonly CountedMemory _memory = new();
    private readonly ResidentMemory _resident;
    private int _prepared;

    public ResidentMemoryTests() => _resident = new ResidentMemory(_drain, _time, Prepare, _memory);

    public void Dispose()
    {
        _resident.Dispose();
        _drain.Dispose();
    }

    [Fact]
    public void WhatTheStartLeft_IsGivenBackOnceAndSoon()
    {
        _drain.Enter().Dispose();

        _time.Advance(ResidentMemory.AfterStart);
        _memory.Collected.ShouldBe(1);

        _time.Advance(TimeSpan.FromHours(1));
        _memory.Collected.ShouldBe(1);
    }

    [Fact]
    public void WhatTheStartLeftUndone_IsDoneOnce_AndItsRestGivenBackToo()
    {
        _time.Advance(TimeSpan.FromHours(1));
        _prepared.ShouldBe(1);
        _memory.Collected.ShouldBe(1);
        _memory.LetGo.ShouldBe(1);
    }

    [Fact]
    public void WhileACallRuns_NothingIsCollectedThatHasNotGrown()
    {
        using (_drain.Enter())
        {
            _memory.HeapBytes = HeapGrowth.Floor;
            _time.Advance(ResidentMemory.AfterStart);
            _prepared.ShouldBe(1);
            _memory.LetGo.ShouldBe(1, "what only the start read is not wanted under load either");

            _time.Advance(HeapGrowth.Patience / 2);
            _memory.Collected.ShouldBe(0);
        }

        _time.Advance(ResidentMemory.Quiet + ResidentMemory.Period);
        _memory.Collected.ShouldBe(1);
    }

    [Fact]
    public void AfterEachLoad_ItIsGivenBackWithinHalfAMinute_ButNotAtShortPauses()
    {
        _time.Advance(ResidentMemory.AfterStart);
        for (var call = 0; call < 20; call++)
        {
            _drain.Enter().Dispose();
            _time.Advance(ResidentMemory.Quiet / 2);
        }

        _memory.Collected.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(30));
        _memory.Collected.ShouldBe(2);
    }

    [Fact]
    public void WhatRefusedRequestsLeft_IsGivenBack_ThoughNoCallBegan()
    {
        _time.Advance(ResidentMemory.AfterStart + ResidentMemory.Quiet);
        _memory.Collected.ShouldBe(1);
        _memory.Collections++;

        _time.Advance(ResidentMemory.Quiet + ResidentMemory.Period);
        _memory.Collected.ShouldBe(2);

        _time.Advance(TimeSpan.FromHours(1));
        _memory.Collected.ShouldBe(2, "giving back collects, too");
    }

    [Fact]
    public void FilePagesAndWhatNativeCodeFreed_AreReturnedOnceAMinuteWhileCallsRun_AndOnceWhenIdle()
    {
        using (_drain.Enter())
        {
            _time.Advance(TimeSpan.FromMinutes(10.5));
            _memory.Trimmed.ShouldBe(10, "a few seconds more than a minute pass between two");
            _memory.LetGo.ShouldBe(1 + 10);
        }

        _memory.Collected.ShouldBe(2, "the heap is collected every five minutes");
        _time.Advance(TimeSpan.FromHours(1));
        _memory.Collected.ShouldBe(3);
        _memory.Trimmed.ShouldBe(11);
        _memory.LetGo.ShouldBe(1 + 11);
    }

    [Fact]
    public void HeapThatGrewWhileCallsRun_IsCollected_ForAHundredthOfTheTimeAtMost()
    {
        using var call = _drain.Enter();
        _memory.HeapBytes = HeapGrowth.Floor;
        _time.Advance(ResidentMemory.AfterStart);
        _memory.Pause = TimeSpan.FromMilliseconds(200);

        // Each time it grows to the double; a collection of 200 ms may come every 20 s.
        for (var at = TimeSpan.Zero; at < TimeSpan.FromMinutes(1); at += ResidentMemory.Period)
        {
            _memory.HeapBytes = 2 * HeapGrowth.Floor;
            _time.Advance(ResidentMemory.Period);
        }

        _memory.Collected.ShouldBe(3);
    }

    [Fact]
    public void HeapThatIsAllAlive_IsNotCollectedAgainAndAgain()
    {
        using var call = _drain.Enter();
        _memory.HeapBytes = HeapGrowth.Floor;
        _time.Advance(ResidentMemory.AfterStart);

        _memory.Alive = _memory.HeapBytes = 2 * HeapGrowth.Floor;
        _time.Advance(HeapGrowth.Patience - ResidentMemory.Period);
        _memory.Collected.ShouldBe(1);

        _memory.HeapBytes = (long)(HeapGrowth.Factor * _memory.Alive) + 1;
        _time.Advance(ResidentMemory.Period);
        _memory.Collected.ShouldBe(2);
    }

    [Fact]
    public void SmallHeap_IsCollectedAtTimes_WhileCallsRun()
    {
        using var call = _drain.Enter();
        _memory.HeapBytes = 1;
        _time.Advance(ResidentMemory.AfterStart);

        _memory.HeapBytes = HeapGrowth.Floor - 1;
        _time.Advance(HeapGrowth.Patience - ResidentMemory.Period);
        _memory.Collected.ShouldBe(0, "its growth alone is no reason");

        _time.Advance(ResidentMemory.Period);
        _memory.Collected.ShouldBe(1);
        _time.Advance(10 * HeapGrowth.Patience);
        _memory.Collected.ShouldBe(11);
    }

    [Fact]
    public void NativeHeap_ReturnsWhatWasFreed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "glibc only");
        var blocks = new nint[256];
        for (var i = 0; i < blocks.Length; i++)
        {
            // Small enough to come from the heap, and written to, so that there is memory behind it.
            blocks[i] = Marshal.AllocHGlobal(64 * 1024);
            Marshal.WriteByte(blocks[i], 1);
        }

        // The last one keeps the heap from shrinking by itself.
        foreach (var block in blocks.AsSpan(0, blocks.Length - 1))
        {
            Marshal.FreeHGlobal(block);
        }

        NativeHeap.Trim().ShouldBeTrue();
        Marshal.FreeHGlobal(blocks[^1]);
    }

    [Fact]
    public void SharedBuffers_ThatNobodyUses_AreFreed()
    {
        // A size that nothing else here asks for.
        const int Size = 1 << 19;
        var held = ArrayPool<byte>.Shared.Rent(Size);
        held[0] = 42;
        var kept = Returned(Size, 16);
        GC.Collect();
        kept.Count(one => one.IsAlive).ShouldBe(16, "else the pool keeps none, and nothing is shown");

        SharedBuffers.Drop().ShouldBeGreaterThanOrEqualTo(15 * Size);
        GC.Collect();
        kept.Count(one => one.IsAlive).ShouldBeLessThanOrEqualTo(1);
        held[0].ShouldBe((byte)42);
    }

    /// <summary>Buffers that are back in the pool; a method of its own, so that nothing else holds them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Returned(int size, int count)
    {
        var rented = Enumerable.Range(0, count).Select(_ => ArrayPool<byte>.Shared.Rent(size)).ToArray();
        Array.ForEach(rented, one => ArrayPool<byte>.Shared.Return(one));
        return [.. rented.Select(one => new WeakReference(one))];
    }

    private void Prepare()
    {
        _memory.Collected.ShouldBe(0);
        _prepared++;
    }

    /// <summary>Memory that counts what is done to it.</summary>
    private sealed class CountedMemory : IProcessMemory
    {
        public int Collections { get; set; }

        public long HeapBytes { get; set; }

        /// <summary>What a collection leaves.</summary>
        public long Alive { get; set; } = HeapGrowth.Floor;

        /// <summary>What a collection takes.</summary>
        public TimeSpan Pause { get; set; }

        public int Collected { get; private set; }

        public int LetGo { get; private set; }

        public int Trimmed { get; private set; }

        public TimeSpan Collect()
        {
            Collected++;
            Collections++;
            HeapBytes = Math.Min(HeapBytes, Alive);
            return Pause;
        }

        public void LetGoOfFiles() => LetGo++;

        public void TrimNativeHeap() => Trimmed++;
    }
}
