using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Routes;
using Wye.Testing;

namespace Wye.Routing;

public class RouterCriteriaTests
{
    private static RoutingWorld World(
        Func<RouteModel, RouteModel> route,
        Func<int, Deployment, Deployment>? change = null
    )
    {
        var deployments = A.Deployments(3, change);
        return new RoutingWorld(A.Pool([deployments[0].Model], route, deployments));
    }

    private static string[] Ids(RoutingResult result) =>
        [.. result.Plan.ShouldNotBeNull(result.Error?.Message ?? "").Nodes[0].Deployments.Select(one => one.Id.Value)];

    [Fact]
    public void PricesAboveTheRoutes_AreRemovedWithTheirReason()
    {
        var world = World(
            route => route with { MaxInputPrice = Usd.PerMillionTokens(2), MaxOutputPrice = Usd.PerMillionTokens(5) },
            (i, one) =>
                i switch
                {
                    0 => one,
                    1 => one with { OwnPrice = new Price(Usd.PerMillionTokens(2.5m), Usd.PerMillionTokens(5)) },
                    _ => one with { OwnPrice = new Price(Usd.PerMillionTokens(2), Usd.PerMillionTokens(6)) },
                }
        );
        var result = world.Plan(A.Asked("hello"));
        Ids(result).ShouldBe(["d0"]);
        result
            .Removals.Select(removal => removal.Reason)
            .ShouldBe(["input price 2.5 > 2 USD per 1M tokens", "output price 6 > 5 USD per 1M tokens"]);
        result.Removals.ShouldAllBe(removal => removal.Cause == RemovalCause.Price);
    }

    [Fact]
    public void AnUnknownPrice_IsAboveEveryBound()
    {
        var unknown = A.PoolModel("m", input: null);
        var world = new RoutingWorld(
            A.Pool([unknown], route => route with { MaxInputPrice = Usd.PerMillionTokens(1_000) })
        );
        world.Plan(A.Asked("hello")).Error.ShouldNotBeNull().Message.ShouldContain("price unknown");
    }

    [Fact]
    public void ASlowDeployment_IsRemoved_AndTriedAgainOnceTheObservationIsOld()
    {
        var world = World(route => route with { MaxFirstToken = TimeSpan.FromMilliseconds(500) });
        Slow(world, "d1");
        var result = world.Plan(A.Asked("hello"));
        Ids(result).ShouldBe(["d0", "d2"]);
        var removal = result.Removals.ShouldHaveSingleItem();
        removal.Reason.ShouldBe("first content observed after 900 ms > 500 ms");
        removal.Cause.ShouldBe(RemovalCause.Latency);
        world.Time.Advance(TimeSpan.FromMinutes(2));
        Ids(world.Plan(A.Asked("hello"))).ShouldBe(["d0", "d1", "d2"]);
    }

    [Fact]
    public void WhenAllAreSlow_TheDemandIsWaived_AndWhySaysSo()
    {
        var world = World(route => route with { MaxFirstToken = TimeSpan.FromMilliseconds(500) });
        Slow(world, "d0", "d1", "d2");
        var result = world.Plan(A.Asked("hello"));
        Ids(result).ShouldBe(["d0", "d1", "d2"]);
        result.Plan!.Why.ShouldEndWith("; no model is as fast or as free as asked");
    }

    [Fact]
    public void ADeploymentWithLittleHeadroom_IsRemoved()
    {
        var world = World(
            route => route with { MinHeadroom = 0.5 },
            (i, one) => i == 0 ? one with { RequestsPerMinute = 10 } : one
        );
        Ids(world.Plan(A.Asked("hello"))).ShouldBe(["d0", "d1", "d2"]);
        for (var i = 0; i < 5; i++)
        {
            world.Health.Of(new DeploymentId("d0")).Load.Take(1);
        }

        var result = world.Plan(A.Asked("hello"));
        Ids(result).ShouldBe(["d1", "d2"]);
        result.Removals.ShouldHaveSingleItem().Reason.ShouldBe("40% of its rate limits left < 50%");
    }

    // Tags of d0, d1, d2 after the slash; "-" = none.
    [Theory]
    [InlineData("", "a|b|-", "d0 d1 d2")]
    [InlineData("a", "a|b|-", "d0")]
    [InlineData("A", "a|b|-", "d0")]
    [InlineData("a,b", "a|b|-", "d0 d1")]
    [InlineData("a&b", "a|a+b|-", "d1")]
    [InlineData("a&b", "a|b|-", null)]
    [InlineData("!a", "a|b|-", "d1 d2")]
    [InlineData("b,!a", "a+b|b|-", "d1")]
    [InlineData("unheard-of", "a|b|-", "d0 d1 d2")]
    [InlineData("", "a|default|-", "d1")]
    [InlineData("a", "a|default|-", "d0")]
    [InlineData("unheard-of", "a|default|-", "d1")]
    [InlineData("a&b", "a|b|default", "d2")]
    [InlineData("a", "-|-|-", "d0 d1 d2")]
    public void Tags_ChooseAmongTaggedDeployments(string asked, string tagged, string? left)
    {
        var tags = tagged.Split('|');
        var world = World(
            route => route,
            (i, one) => tags[i] == "-" ? one : one with { Tags = [.. tags[i].Split('+')] }
        );
        var hints = new CallerHints { Tags = [.. asked.Split(',', StringSplitOptions.RemoveEmptyEntries)] };
        var result = world.Plan(A.Asked("hello", hints: hints));
        if (left is null)
        {
            result.Error.ShouldNotBeNull().Code.ShouldBe("no_deployment_with_tags");
            return;
        }

        Ids(result).ShouldBe(left.Split(' '));
    }

    private static void Slow(RoutingWorld world, params string[] ids)
    {
        foreach (var id in ids)
        {
            world.Health.Of(new DeploymentId(id)).Load.FirstToken.Observe(TimeSpan.FromMilliseconds(900));
        }
    }
}
