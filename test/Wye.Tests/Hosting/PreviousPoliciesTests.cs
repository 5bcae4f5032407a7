using Wye.Routing;
using Wye.Routing.Selection;
using Wye.Testing;

namespace Wye.Hosting;

public class PreviousPoliciesTests
{
    [Fact]
    public void ARequest_CarriesWhatThePolicyBeforeWouldHaveChosen()
    {
        var world = new RoutingWorld(
            A.Pool(
                A.UsualModels(),
                route => route with { Policies = [new StaticPolicy()], PreviousPolicies = [new LongestNamePolicy()] }
            )
        );

        var result = world.Plan(A.Asked("hello"));

        result.Previous!.Policy.ShouldBe(new LongestNamePolicy().Name);
        result.Previous.Nodes[0].Model.Id.ShouldNotBe(result.Plan!.Nodes[0].Model.Id);
        result.Cheapest!.Id.Value.ShouldBe("mini");
    }

    [Fact]
    public void WithoutAPolicyBefore_NothingIsAsked() =>
        new RoutingWorld().Plan(A.Asked("hello")).Previous.ShouldBeNull();
}
