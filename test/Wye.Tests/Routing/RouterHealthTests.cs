using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;

namespace Wye.Routing;

public class RouterHealthTests
{
    [Fact]
    public void CoolingDeployment_IsRemovedAndComesBack()
    {
        var world = new RoutingWorld();
        RoutingWorld.Models(world.Plan(A.Asked("hi"))).ShouldBe(["gpt", "sonnet", "o1"]);
        world.CoolDown("p/gpt");
        var result = world.Plan(A.Asked("hi"));
        RoutingWorld.Models(result).ShouldNotContain(model => model == "gpt");
        result.Removals.ShouldBe([
            new Removal(new ModelId("gpt"), null, "cooling down after failures") { Cause = RemovalCause.CoolingDown },
        ]);
        world.Time.Advance(TimeSpan.FromMinutes(10));
        RoutingWorld.Models(world.Plan(A.Asked("hi")))[0].ShouldBe("gpt");
    }

    [Fact]
    public void OneCoolingDeploymentOfTwo_LeavesTheModelItsOther()
    {
        var model = A.PoolModel("m");
        var world = new RoutingWorld(
            A.Pool(
                [model],
                deployments:
                [
                    A.PoolDeployment(model, A.PoolProvider("a")),
                    A.PoolDeployment(model, A.PoolProvider("b")),
                ]
            )
        );
        world.CoolDown("a/m");
        var result = world.Plan(A.Asked("hi"));
        result.Plan!.Nodes[0].Deployments.ShouldHaveSingleItem().Id.Value.ShouldBe("b/m");
        result.Removals.ShouldHaveSingleItem().Deployment.ShouldBe(new DeploymentId("a/m"));
    }

    [Fact]
    public void LastTarget_IsNeverEjected()
    {
        var world = new RoutingWorld(A.Pool([A.PoolModel("a"), A.PoolModel("b", input: 2)]));
        world.CoolDown("p/a");
        world.CoolDown("p/b");
        var result = world.Plan(A.Asked("hi"));
        RoutingWorld.Models(result).ShouldBe(["a", "b"]);
        result.Plan!.Why.ShouldEndWith("; every model cools down");
    }

    [Fact]
    public void TargetsThatTheirProviderParked_AreNotForced()
    {
        var world = new RoutingWorld(A.Pool([A.PoolModel("a"), A.PoolModel("b")]));
        world.CoolDown("p/a", TimeSpan.FromSeconds(40));
        world.CoolDown("p/b", TimeSpan.FromSeconds(25));
        var error = world.Plan(A.Asked("hi")).Error!;
        error.Kind.ShouldBe(FailureKind.NoneAvailable);
        error.RetryAfter!.Value.ShouldBe(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(1));
        error.Message.ShouldStartWith("No model is available now on route 'auto': a cooling down after failures; b ");
    }

    [Fact]
    public void NamedModelThatCoolsDown_StaysFirst_SoThatItsEdgeLeadsOn()
    {
        var world = new RoutingWorld();
        world.CoolDown("p/mini", TimeSpan.FromSeconds(40));
        RoutingWorld.Models(world.Plan(A.Asked("hi", model: "mini"))).ShouldBe(["mini", "haiku"]);
    }

    [Fact]
    public void FallbackOutsideTheTiers_AnswersWhenTheTiersAreDown()
    {
        var world = new RoutingWorld(
            A.Pool(
                A.UsualModels(),
                route => route with { Tiers = [route.Tiers[0]], Fallbacks = [new ModelId("gpt"), new ModelId("opus")] }
            )
        );
        var up = world.Plan(A.Asked("hi"));
        RoutingWorld.Models(up).ShouldBe(["mini", "gpt", "opus"]);
        RoutingWorld.Left(up).ShouldBe(["haiku", "mini", "gpt", "opus"]);
        world.CoolDown("p/haiku");
        world.CoolDown("p/mini");
        RoutingWorld.Models(world.Plan(A.Asked("hi")))[0].ShouldBe("gpt");
    }
}
