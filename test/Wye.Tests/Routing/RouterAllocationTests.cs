using Wye.Quality;
using Wye.Routing.Selection.Learned;
using Wye.Testing;

namespace Wye.Routing;

/// <summary>What a decision allocates; the time is the bench's business (bench/Wye.Bench).</summary>
public class RouterAllocationTests
{
    private const int Batches = 5;
    private const int Rounds = 200;

    [Theory]
    [InlineData("static", 1_000)]
    [InlineData("static", 20_000)]
    [InlineData("heuristic", 1_000)]
    [InlineData("rules", 1_000)]
    [InlineData("learned", 1_000)]
    [InlineData("learned", 20_000)]
    public void Decision_AllocatesLittle_WhateverTheSizeOfTheRequest(string policy, int bytes)
    {
        var world = new RoutingWorld(
            A.Pool(
                A.UsualModels(),
                route =>
                    route with
                    {
                        Policies = [BuiltInPolicies.Selection.First(one => one.Name == policy)],
                        Rules =
                        [
                            new RouteRule
                            {
                                Name = "r",
                                Tier = new("small"),
                                MinPromptTokens = 1,
                            },
                        ],
                    },
                change: snapshot =>
                    LearnedWorld.With(
                        snapshot,
                        ServedRouter.Of(TinyRouter.Manifest with { Identity = "tiny" }, TinyRouter.Snapshot)
                    )
            )
        );
        var request = A.Asked("Summarize this: " + new string('a', bytes), "You are brief.");
        world.Plan(request).Plan!.Policy.ShouldBe(policy);
        // The least of a few batches: tests beside this one may hold all scratch of the pool, and new scratch is large.
        Enumerable.Range(0, Batches).Min(_ => PerDecision(() => world.Plan(request))).ShouldBeLessThan(1_200);
    }

    private static long PerDecision(Action decide)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            decide();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }
}
