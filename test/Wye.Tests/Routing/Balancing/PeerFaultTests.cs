using Wye.Catalog;
using Wye.Health;
using Wye.Primitives;
using Wye.Primitives.Randomness;
using Wye.Testing;

namespace Wye.Routing.Balancing;

/// <summary>What the originals of these strategies get wrong, each shown not to be so here.</summary>
public class PeerFaultTests
{
    private readonly ManualTime _time = new();
    private readonly HealthRegistry _health;
    private readonly BalancingContext _context;

    public PeerFaultTests()
    {
        _health = A.Health(_time);
        _context = new BalancingContext
        {
            Health = _health,
            Random = new SeededRandomSource(3),
            PromptTokens = 1_000,
            ExpectedOutput = 100,
            Stream = true,
        };
    }

    private DeploymentLoad Load(string id) => _health.Of(new DeploymentId(id)).Load;

    private Dictionary<string, int> Firsts(IBalancingPolicy policy, Deployment[] deployments, int draws = 2_000)
    {
        var firsts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < draws; i++)
        {
            var first = A.First(policy, deployments, _context);
            firsts[first] = firsts.GetValueOrDefault(first) + 1;
        }

        return firsts;
    }

    private void Observe(string id, double milliseconds, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Load(id).FirstToken.Observe(TimeSpan.FromMilliseconds(milliseconds));
        }
    }

    [Fact]
    public void SimpleShuffle_WeightIsReadFromEveryDeployment_NotTheFirstOnly()
    {
        var deployments = A.Deployments(3, (i, one) => i == 2 ? one with { Weight = 8 } : one);
        var firsts = Firsts(new WeightedPolicy(), deployments);
        (firsts["d2"] / 2_000.0).ShouldBe(0.8, 0.04);
    }

    [Fact]
    public void SimpleShuffle_AMissingValueMeansOne_NotNever()
    {
        var deployments = A.Deployments(2, (i, one) => i == 0 ? one with { Weight = 1, RequestsPerMinute = 10 } : one);
        Firsts(new WeightedPolicy(), deployments)["d1"].ShouldBeInRange(900, 1_100);
    }

    [Fact]
    public void Latency_IsThatOfTheFirstContent_NotDividedByTokens()
    {
        Observe("d0", 400, 20);
        Observe("d1", 100, 20);
        // A long answer at d0 would make its seconds per token small.
        var lease = Load("d0").Take(1);
        Load("d0").Release(lease, new Usage { OutputTokens = 100_000 });
        Firsts(new LowestLatencyPolicy(), A.Deployments(2)).ShouldHaveSingleItem().Key.ShouldBe("d1");
    }

    [Fact]
    public void Latency_OldObservationsFade_AllOfThem()
    {
        Observe("d0", 5_000, 20);
        _time.Advance(TimeSpan.FromSeconds(30));
        Observe("d0", 100, 1);
        Load("d0").FirstToken.Milliseconds!.Value.ShouldBeLessThan(400);
    }

    [Fact]
    public void Latency_ANewDeploymentDoesNotTakeAllTraffic()
    {
        Observe("d0", 100, 20);
        Observe("d1", 100, 20);
        Observe("d2", 100, 20);
        var firsts = Firsts(new LowestLatencyPolicy(), A.Deployments(4));
        (firsts["d3"] / 2_000.0).ShouldBe(0.25, 0.05);
    }

    [Fact]
    public void Latency_AFastFirstAnswerDoesNotMakeANewDeploymentAMagnet()
    {
        Observe("d0", 100, 20);
        Observe("d1", 100, 20);
        Observe("d2", 100, 20);
        Observe("d3", 1, LowestLatencyPolicy.WarmAfter - 1);
        var firsts = Firsts(new LowestLatencyPolicy(), A.Deployments(4));
        (firsts["d3"] / 2_000.0).ShouldBe(0.25, 0.05);
    }

    [Fact]
    public void Latency_WhatWasSlowOnceIsTriedAgain()
    {
        Observe("d0", 5_000, 20);
        Observe("d1", 100, 20);
        Firsts(new LowestLatencyPolicy(), A.Deployments(2)).ShouldNotContainKey("d0");
        _time.Advance(LowestLatencyPolicy.StaleAfter);
        Observe("d1", 100, 1);
        Firsts(new LowestLatencyPolicy(), A.Deployments(2)).ShouldContainKey("d0");
    }

    [Fact]
    public void Cost_CountsTheTokensOfThisRequest_NotTheSumOfItsPrices()
    {
        // d0's prices sum to 6, d1's to 9; a long prompt with a short answer is cheaper at d1.
        var deployments = A.Deployments(2, (i, one) => one with { OwnPrice = i == 0 ? PriceOf(3, 3) : PriceOf(1, 8) });
        Firsts(new LowestCostPolicy(), deployments).ShouldHaveSingleItem().Key.ShouldBe("d1");
    }

    [Fact]
    public void Cost_CountsCacheReads_WhereTheConversationIs()
    {
        var cached = new Price(Usd.PerMillionTokens(3), Usd.PerMillionTokens(3), Usd.PerMillionTokens(0.3m));
        var deployments = A.Deployments(2, (i, one) => one with { OwnPrice = i == 0 ? cached : PriceOf(2, 2) });
        var there = _context with { HeldBy = new DeploymentId("d0"), CachedTokens = 900 };
        A.First(new LowestCostPolicy(), deployments, _context).ShouldBe("d1");
        A.First(new LowestCostPolicy(), deployments, there).ShouldBe("d0");
        A.First(new LowestCostPolicy(), deployments, there with { CachedTokens = 100 }).ShouldBe("d1");
    }

    [Fact]
    public void Cost_AnUnknownPriceIsNoPrice_AndComesLast()
    {
        var unknown = A.PoolModel("m", input: null);
        var deployments = A.Deployments(
            2,
            (i, one) => i == 0 ? one with { Model = unknown } : one with { OwnPrice = PriceOf(400, 400) }
        );
        Firsts(new LowestCostPolicy(), deployments).ShouldHaveSingleItem().Key.ShouldBe("d1");
    }

    [Fact]
    public void LeastBusy_IsCountedExactly_FromManyThreads()
    {
        Parallel.For(0, 1_000, _ => Load("d0").Release(Load("d0").Take(1), default));
        Load("d0").InFlight.ShouldBe(0);
    }

    [Fact]
    public void LeastBusy_ALostDecrementHeals()
    {
        Load("d0").Take(1);
        var deployments = A.Deployments(2);
        Firsts(new LeastBusyPolicy(), deployments).ShouldHaveSingleItem().Key.ShouldBe("d1");
        _time.Advance(TimeSpan.FromMinutes(16));
        Firsts(new LeastBusyPolicy(), deployments)["d0"].ShouldBeInRange(900, 1_100);
    }

    [Fact]
    public void LeastBusy_DoesNotCountUnhealthyDeployments()
    {
        CoolDown("d0");
        Load("d1").Take(1);
        Load("d1").Take(1);
        Firsts(new LeastBusyPolicy(), A.Deployments(2)).ShouldHaveSingleItem().Key.ShouldBe("d1");
    }

    [Fact]
    public void Usage_WindowMoves_AndDoesNotResetAtTheMinute()
    {
        var deployments = A.Deployments(2, (_, one) => one with { RequestsPerMinute = 10 });
        _time.Advance(TimeSpan.FromSeconds(59));
        for (var i = 0; i < 5; i++)
        {
            Load("d0").Take(1);
        }

        _time.Advance(TimeSpan.FromSeconds(2));
        Firsts(new RateLimitHeadroomPolicy(), deployments).ShouldHaveSingleItem().Key.ShouldBe("d1");
        _time.Advance(TimeSpan.FromSeconds(60));
        Firsts(new RateLimitHeadroomPolicy(), deployments)["d0"].ShouldBeInRange(900, 1_100);
    }

    [Fact]
    public void Usage_TheTighterOfRequestsAndTokensCounts()
    {
        var deployments = A.Deployments(
            2,
            (i, one) => one with { RequestsPerMinute = 100, TokensPerMinute = i == 0 ? 2_000 : 20_000 }
        );
        Firsts(new RateLimitHeadroomPolicy(), deployments).ShouldHaveSingleItem().Key.ShouldBe("d1");
    }

    [Fact]
    public void Usage_OneAtItsLimitComesLast_AndIsNamed()
    {
        var deployments = A.Deployments(2, (i, one) => i == 0 ? one with { RequestsPerMinute = 1 } : one);
        Load("d0").Take(1);
        var note = new BalancingNote();
        A.First(new RateLimitHeadroomPolicy(), deployments, _context with { Note = note }).ShouldBe("d1");
        note.Text.ShouldBe("by rate-limit-headroom (100% left), d0 at its limit of requests");
    }

    [Fact]
    public void EveryPolicy_KeepsAConversationWhereItIs_WhenThatIsNotDearerOrOfALaterOrder()
    {
        var deployments = A.Deployments(4);
        var there = _context with { HeldBy = new DeploymentId("d2"), CachedTokens = 500 };
        foreach (var policy in BuiltInPolicies.Balancing)
        {
            for (var i = 0; i < 50; i++)
            {
                A.First(policy, deployments, there).ShouldBe("d2", policy.Name);
            }
        }
    }

    [Fact]
    public void EveryPolicy_LetsAConversationGo_WhereItsDeploymentCoolsDown()
    {
        CoolDown("d2");
        var there = _context with { HeldBy = new DeploymentId("d2") };
        foreach (var policy in BuiltInPolicies.Balancing.Where(one => one is not (WeightedPolicy or PriorityPolicy)))
        {
            A.First(policy, A.Deployments(4), there).ShouldNotBe("d2", StringComparer.Ordinal, policy.Name);
        }
    }

    [Fact]
    public void Priority_HoldsAConversationAmongEqualsOnly()
    {
        var deployments = A.Deployments(3, (i, one) => one with { Order = i == 2 ? 1 : 0 });
        A.First(new PriorityPolicy(), deployments, _context with { HeldBy = new DeploymentId("d2") })
            .ShouldNotBe("d2", StringComparer.Ordinal);
        A.First(new PriorityPolicy(), deployments, _context with { HeldBy = new DeploymentId("d1") }).ShouldBe("d1");
    }

    private void CoolDown(string id)
    {
        var state = _health.Of(new DeploymentId(id));
        while (state.TryEnter(out var ticket))
        {
            state.Exit(ticket, FailureKind.ServerError);
        }
    }

    private static Price PriceOf(decimal input, decimal output) =>
        new(Usd.PerMillionTokens(input), Usd.PerMillionTokens(output));
}
