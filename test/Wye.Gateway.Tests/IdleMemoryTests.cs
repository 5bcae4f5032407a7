using System.Runtime.InteropServices;
using Shouldly;
using Wye.Testing;
using Xunit;

namespace Wye.Gateway.Tests;

public sealed class IdleMemoryTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly GatewayDrain _drain = new();
    private readonly IdleMemory _memory;
    private int _prepared;
    private int _givenBack;
    private int _letGo;
    private int _trimmed;
    private int _collections;

    public IdleMemoryTests() =>
        _memory = new IdleMemory(
            _drain,
            _time,
            Prepare,
            GiveBack,
            () => _letGo++,
            () => _trimmed++,
            () => _collections
        );

    public void Dispose()
    {
        _memory.Dispose();
        _drain.Dispose();
    }

    [Fact]
    public void WhatTheStartLeft_IsGivenBackOnceAndSoon()
    {
        _drain.Enter().Dispose();

        _time.Advance(IdleMemory.AfterStart);
        _givenBack.ShouldBe(1);

        _time.Advance(TimeSpan.FromHours(1));
        _givenBack.ShouldBe(1);
    }

    [Fact]
    public void WhatTheStartLeftUndone_IsDoneOnce_AndItsRestGivenBackToo()
    {
        _time.Advance(TimeSpan.FromHours(1));
        _prepared.ShouldBe(1);
        _givenBack.ShouldBe(1);
        _letGo.ShouldBe(1);
    }

    [Fact]
    public void WhileACallRuns_NothingIsGivenBack()
    {
        using (_drain.Enter())
        {
            _time.Advance(TimeSpan.FromHours(1));
            _givenBack.ShouldBe(0);
            _prepared.ShouldBe(1);
            _letGo.ShouldBe(1, "what only the start read is not wanted under load either");
        }

        _time.Advance(IdleMemory.Quiet + IdleMemory.Period);
        _givenBack.ShouldBe(1);
    }

    [Fact]
    public void AfterEachLoad_ItIsGivenBackWithinHalfAMinute_ButNotAtShortPauses()
    {
        _time.Advance(IdleMemory.AfterStart);
        for (var call = 0; call < 20; call++)
        {
            _drain.Enter().Dispose();
            _time.Advance(IdleMemory.Quiet / 2);
        }

        _givenBack.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(30));
        _givenBack.ShouldBe(2);
    }

    [Fact]
    public void WhatRefusedRequestsLeft_IsGivenBack_ThoughNoCallBegan()
    {
        _time.Advance(IdleMemory.AfterStart + IdleMemory.Quiet);
        _givenBack.ShouldBe(1);
        _collections++;

        _time.Advance(IdleMemory.Quiet + IdleMemory.Period);
        _givenBack.ShouldBe(2);

        _time.Advance(TimeSpan.FromHours(1));
        _givenBack.ShouldBe(2, "giving back collects, too");
    }

    [Fact]
    public void WhatNativeCodeFreed_IsReturnedOnceAMinute_AlsoWhileCallsRun_AndWhenIdle()
    {
        using (_drain.Enter())
        {
            _time.Advance(TimeSpan.FromMinutes(10.5));
            _trimmed.ShouldBe(10, "a few seconds more than a minute pass between two");
        }

        _time.Advance(IdleMemory.Quiet + IdleMemory.Period);
        _givenBack.ShouldBe(1);
        _trimmed.ShouldBe(11);
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

    private void GiveBack()
    {
        _givenBack++;
        _collections++;
    }

    private void Prepare()
    {
        _givenBack.ShouldBe(0);
        _prepared++;
    }
}
