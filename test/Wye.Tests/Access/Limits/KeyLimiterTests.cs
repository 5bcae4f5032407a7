using FsCheck;
using FsCheck.Fluent;
using Wye.Access.Secrets;
using Wye.Testing;

namespace Wye.Access.Limits;

public class KeyLimiterTests
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_26, 5);
    private readonly ManualTime _time = new();

    [Fact]
    public void TenTimesTheLimit_IsLetInExactlyToTheLimit_InEveryMinute()
    {
        var limiter = new KeyLimiter(_time);
        var rules = new KeyRules { RequestsPerMinute = 600 };
        var admitted = new List<TimeSpan>();

        // 100 a second for 5 minutes: ten times what is allowed.
        for (var i = 0; i < 30_000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            if (limiter.TryEnter(rules, out _, out _))
            {
                admitted.Add(_time.Elapsed);
                limiter.Leave(null);
            }
        }

        var worst = 0;
        for (int from = 0, to = 0; to < admitted.Count; to++)
        {
            while (admitted[to] - admitted[from] >= TimeSpan.FromSeconds(60))
            {
                from++;
            }

            worst = Math.Max(worst, to - from + 1);
        }

        worst.ShouldBe(600);
        admitted.Count.ShouldBeInRange(5 * 600 * 60 / 61, 5 * 600);
    }

    [Fact]
    public void ChangingALimit_ResetsNothing()
    {
        var limiter = new KeyLimiter(_time);
        for (var i = 0; i < 5; i++)
        {
            limiter.TryEnter(new KeyRules { RequestsPerMinute = 5 }, out _, out _).ShouldBeTrue();
        }

        limiter.TryEnter(new KeyRules { RequestsPerMinute = 5 }, out _, out _).ShouldBeFalse();
        limiter.TryEnter(new KeyRules { RequestsPerMinute = 6 }, out _, out _).ShouldBeTrue();
        limiter.TryEnter(new KeyRules { RequestsPerMinute = 6 }, out _, out _).ShouldBeFalse();
        limiter.TryEnter(new KeyRules { RequestsPerMinute = 2 }, out _, out _).ShouldBeFalse();
        limiter.TryEnter(new KeyRules(), out _, out _).ShouldBeTrue();
        limiter.TryEnter(new KeyRules { RequestsPerMinute = 7 }, out _, out _).ShouldBeFalse();
        limiter.TryEnter(new KeyRules { RequestsPerMinute = 8 }, out _, out _).ShouldBeTrue();
    }

    [Fact]
    public void Refusal_NamesTheLimitAndWhenItFits()
    {
        var limiter = new KeyLimiter(_time);
        var rules = new KeyRules
        {
            RequestsPerMinute = 1,
            MaxConcurrent = 1,
            TokensPerMinute = 100,
        };
        limiter.TryEnter(rules, out _, out _).ShouldBeTrue();

        limiter.TryEnter(rules, out _, out var atOnce).ShouldBeFalse();
        atOnce.ShouldBe(new LimitRefusal(LimitKind.Concurrency, 1, 1, null));
        limiter.Leave(null);
        limiter.TryEnter(rules, out _, out var often).ShouldBeFalse();
        often.ShouldBe(new LimitRefusal(LimitKind.Requests, 1, 1, TimeSpan.FromSeconds(60.5)));
        limiter.TryTake(rules, 70, out _, out _).ShouldBeTrue();
        limiter.TryTake(rules, 40, out _, out var tokens).ShouldBeFalse();
        tokens.ShouldBe(new LimitRefusal(LimitKind.Tokens, 100, 40, TimeSpan.FromSeconds(60.5)));
        limiter.TryTake(rules, 101, out _, out var never).ShouldBeFalse();
        never.IsHopeless.ShouldBeTrue();
        never.RetryAfter.ShouldBeNull();
    }

    [Fact]
    public async Task Lease_GivesItsPlaceBackOnce_HoweverOftenItIsDisposed()
    {
        var (caller, _) = await Caller(new KeyRules { MaxConcurrent = 1 });
        KeyLease.TryEnter(caller, out var lease, out _).ShouldBeTrue();

        lease!.Dispose();
        lease.Dispose();

        KeyLease.TryEnter(caller, out var second, out _).ShouldBeTrue();
        KeyLease.TryEnter(caller, out _, out _).ShouldBeFalse();
        second!.Dispose();
    }

    [Fact]
    public async Task Lease_ThatFindsNoTokens_CountsAsARequestThatNeverCame()
    {
        var (caller, _) = await Caller(new KeyRules { RequestsPerMinute = 1, TokensPerMinute = 10 });
        KeyLease.TryEnter(caller, out var lease, out _).ShouldBeTrue();
        lease!.TryTake(11, out _).ShouldBeFalse();
        lease.Dispose();

        KeyLease.TryEnter(caller, out var second, out _).ShouldBeTrue();
        second!.TryTake(10, out _).ShouldBeTrue();
        second.Dispose();
        KeyLease.TryEnter(caller, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Lease_ReplacesTheEstimateByWhatWasUsed()
    {
        var (caller, _) = await Caller(new KeyRules { TokensPerMinute = 100 });
        KeyLease.TryEnter(caller, out var lease, out _);
        lease!.TryTake(80, out _).ShouldBeTrue();
        lease.Correct(30);
        lease.Status().Tokens!.Value.Remaining.ShouldBe(70);
        lease.Correct(120);
        lease.Status().Tokens!.Value.Remaining.ShouldBe(0);
        lease.Dispose();
        lease.Status().Tokens!.Value.Remaining.ShouldBe(0);
    }

    [Fact]
    public async Task Counters_OutliveAChangeOfTheKey()
    {
        var (caller, ring) = await Caller(new KeyRules { RequestsPerMinute = 2 });
        KeyLease.TryEnter(caller, out _, out _).ShouldBeTrue();
        await ring.LoadAsync(TestContext.Current.CancellationToken);

        ring.StateOf(caller.Id)!.Limiter.Used().Requests.ShouldBe(1);
        ring.StateOf(caller.Id)!.Limiter.Running.ShouldBe(1);
    }

    /// <summary>Whatever the order of entering, taking, correcting and leaving: nothing runs away and nothing is left over.</summary>
    [Fact]
    public void WhateverHappens_CountersMatchWhatIsHeld() =>
        Prop.ForAll(
                Gen.Choose(0, 5).ArrayOf(200).ToArbitrary(),
                steps =>
                {
                    var time = new ManualTime();
                    var rules = new KeyRules
                    {
                        MaxConcurrent = 5,
                        RequestsPerMinute = 30,
                        TokensPerMinute = 500,
                    };
                    var state = new KeyState(Key(rules), time);
                    var caller = new AuthenticatedKey(state.Key.Id, state.Key.Role) { Key = state.Key, State = state };
                    var held = new Queue<KeyLease>();
                    foreach (var step in steps)
                    {
                        time.Advance(TimeSpan.FromMilliseconds(step * 311));
                        if (step < 4 && KeyLease.TryEnter(caller, out var lease, out _))
                        {
                            held.Enqueue(lease!);
                            if (lease!.TryTake(step * 10, out _))
                            {
                                lease.Correct(step * 12);
                            }
                        }
                        else if (held.TryDequeue(out var oldest))
                        {
                            oldest.Dispose();
                        }

                        if (held.Count > 5 || state.Limiter.Running != held.Count || state.Limiter.Used().Requests > 30)
                        {
                            return false;
                        }
                    }

                    while (held.TryDequeue(out var left))
                    {
                        left.Dispose();
                    }

                    time.Advance(TimeSpan.FromSeconds(61));
                    return state.Limiter.Running == 0 && state.Limiter.Used() is (0 or null, 0 or null);
                }
            )
            .Check(Cases);

    [Fact]
    public async Task ManyThreads_NeverHoldMoreThanAllowed()
    {
        var limiter = new KeyLimiter(TimeProvider.System);
        var rules = new KeyRules { MaxConcurrent = 3, RequestsPerMinute = 1_000 };
        var (running, most, admitted) = (0, 0, 0);
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(() =>
                    {
                        for (var i = 0; i < 2_000; i++)
                        {
                            if (!limiter.TryEnter(rules, out var _, out var _))
                            {
                                continue;
                            }

                            var now = Interlocked.Increment(ref running);
                            InterlockedMax(ref most, now);
                            Interlocked.Increment(ref admitted);
                            Interlocked.Decrement(ref running);
                            limiter.Leave(null);
                        }
                    })
                )
        );

        most.ShouldBeLessThanOrEqualTo(3);
        admitted.ShouldBeLessThanOrEqualTo(1_000);
        limiter.Running.ShouldBe(0);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static VirtualKey Key(KeyRules rules) =>
        new()
        {
            Id = new("abc"),
            Role = AccessRole.DataPlane,
            Hash = [.. new byte[32]],
            PepperMark = "",
            CreatedAt = A.Moment,
            Rules = rules,
        };

    private async Task<(AuthenticatedKey Caller, KeyRing Ring)> Caller(KeyRules rules)
    {
        var token = TestContext.Current.CancellationToken;
        var store = new MemoryKeyStore();
        var ring = new KeyRing(store, new KeyHasher(new byte[32]), _time);
        var (key, text) = ring.Make(AccessRole.DataPlane);
        await store.AddAsync(key with { Rules = rules }, token);
        await ring.LoadAsync(token);
        ring.TryAuthenticate(text.Reveal(), out var caller).ShouldBeTrue();
        return (caller, ring);
    }
}
