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

    public IdleMemoryTests() => _memory = new IdleMemory(_drain, _time, Prepare, () => _givenBack++, () => _letGo++);

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

    private void Prepare()
    {
        _givenBack.ShouldBe(0);
        _prepared++;
    }
}
