using Wye.Quality;
using Wye.Routing.Routes;
using Wye.Routing.Selection.Learned;
using Wye.Testing;

namespace Wye.Routing;

/// <summary>What a decision allocates; the time is the bench's business (bench/Wye.Bench).</summary>
[Collection(nameof(ScratchCollection))]
public class RouterAllocationTests
{
    private const int Rounds = 1_000;

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
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            world.Plan(request);
        }

        ((GC.GetAllocatedBytesForCurrentThread() - before) / Rounds).ShouldBeLessThan(1_200);
    }
}
