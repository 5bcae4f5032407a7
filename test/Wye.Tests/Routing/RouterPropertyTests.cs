using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Selection;
using Wye.Testing;

namespace Wye.Routing;

/// <summary>What holds for every pool, request and state of health.</summary>
public class RouterPropertyTests
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_26, 1);

    [Fact]
    public void Plans_AreFiniteForwardBoundedAndOverCandidates() =>
        Check(draw =>
        {
            var (world, result) = Route(draw);
            if (result.Plan is { } plan)
            {
                RoutePlanValidator.FirstProblem(plan, result.Candidates).ShouldBeNull();
                GeneralChain(plan).ShouldBeLessThanOrEqualTo(plan.Bounds.MaxFailureAttempts);
                ByFailure(plan).Select(node => node.Model.Id).ShouldBeUnique();
                foreach (var (node, edge) in Unaffordable(plan))
                {
                    var next = plan.Nodes[edge.Target];
                    next.ExpectedCost!.Value.PicoDollars.ShouldBeLessThan(
                        node.ExpectedCost?.PicoDollars ?? long.MaxValue
                    );
                }

                plan.Nodes.ShouldAllBe(node => node.CostCap == null || node.ExpectedCost <= node.CostCap);
            }
            else
            {
                result.Error.ShouldNotBeNull();
                result.Candidates.ShouldBeEmpty();
            }
        });

    private static IEnumerable<PlanNode> ByFailure(RoutePlan plan)
    {
        var reached = new HashSet<int> { 0 };
        for (var i = 0; i < plan.Nodes.Length; i++)
        {
            if (reached.Contains(i))
            {
                reached.UnionWith(
                    plan.Nodes[i].Edges.Where(edge => edge.On == EdgeEvent.Failed).Select(edge => edge.Target)
                );
            }
        }

        return reached.Select(at => plan.Nodes[at]);
    }

    private static IEnumerable<(PlanNode Node, PlanEdge Edge)> Unaffordable(RoutePlan plan) =>
        from node in plan.Nodes
        from edge in node.Edges
        where edge.On == EdgeEvent.Unaffordable
        select (node, edge);

    private static int GeneralChain(RoutePlan plan)
    {
        var length = 1;
        for (var at = 0; Next(at) is { } next; at = next)
        {
            length++;
        }

        return length;

        int? Next(int at)
        {
            foreach (var edge in plan.Nodes[at].Edges)
            {
                if (edge.Failures.Contains(FailureKind.ServerError))
                {
                    return edge.Target;
                }
            }

            return null;
        }
    }

    [Fact]
    public void CandidatesAndRemovals_TogetherAreAllModels() =>
        Check(draw =>
        {
            var (world, result) = Route(draw);
            var left = result.Candidates.Select(candidate => candidate.Model.Id).ToHashSet();
            var gone = result
                .Removals.Where(removal => removal.Deployment is null)
                .Select(removal => removal.Model)
                .ToHashSet();
            if (result.Plan is not null)
            {
                left.Overlaps(gone).ShouldBeFalse();
                left.Union(gone).ShouldBe(world.Snapshot.Catalog.Models.Select(model => model.Id), ignoreOrder: true);
            }
            else
            {
                gone.ShouldBe(world.Snapshot.Catalog.Models.Select(model => model.Id), ignoreOrder: true);
            }
        });

    [Fact]
    public void MoreFeatures_NeverAddACandidate() =>
        Check(draw =>
        {
            // All healthy: when everything left cools down it is forced, and what is left depends on the features. The step
            // kind is given: features also tell the kind, a kind tells the output expected, and that must fit the window.
            var healthy = draw with
            {
                Cooling = 0,
                Kind = StepKind.Chat,
            };
            var less = RoutingWorld.Left(Route(healthy with { Extra = ChatFeatures.None }).Result);
            var more = RoutingWorld.Left(Route(healthy).Result);
            more.All(model => less.Contains(model, StringComparer.Ordinal)).ShouldBeTrue();
        });

    [Fact]
    public void NamedModel_IsAlwaysTheFirstNode() =>
        Check(draw =>
        {
            var world = World(draw);
            var named = world.Snapshot.Catalog.Models[draw.Pick % world.Snapshot.Catalog.Models.Length].Id;
            var result = world.Plan(Request(draw, named.Value));
            if (result.Plan is { } plan)
            {
                plan.Nodes[0].Model.Id.ShouldBe(named);
                plan.Policy.ShouldBe("explicit");
            }
        });

    [Fact]
    public void SameRequest_IsDecidedAlike_WhetherKeptOrNot() =>
        Check(draw =>
        {
            var world = World(draw);
            var request = Request(draw, "auto");
            var first = world.Plan(request);
            var again = world.Plan(request);
            var fresh = World(draw).Plan(request);
            Text(again).ShouldBe(Text(first));
            Text(fresh).ShouldBe(Text(first));
        });

    private static string Text(RoutingResult result) =>
        result.Plan is { } plan
            ? $"{plan.Why} {plan.Strong?.Id} {string.Join(',', plan.Nodes.Select(node => $"{node.Model.Id} {node.ExpectedCost}"))}"
            : result.Error!.Message;

    private static (RoutingWorld World, RoutingResult Result) Route(Draw draw)
    {
        var world = World(draw);
        var budget = new RoutingGrant { Budgeted = draw.Pick % 2 == 0 };
        return (world, world.Plan(Request(draw, "auto"), budget));
    }

    private static ChatRequest Request(Draw draw, string model) =>
        A.Asked(
            new string('a', draw.Length),
            model: model,
            features: draw.Features | draw.Extra,
            maxTokens: draw.MaxTokens == 0 ? null : draw.MaxTokens,
            stream: draw.Pick % 2 == 0,
            hints: new CallerHints
            {
                StepKind = draw.Kind,
                MaxCost = draw.Cap == 0 ? null : new Usd(draw.Cap * 100_000_000L),
            }
        );

    private static RoutingWorld World(Draw draw)
    {
        string[] tiers = ["small", "medium", "large"];
        var models = draw
            .Models.Select(
                (seed, i) =>
                    A.PoolModel(
                        $"m{i}",
                        tiers[i * 3 / draw.Models.Length],
                        seed % 7 == 0 ? null : seed % 40,
                        seed % 60,
                        1_000 + (seed % 50 * 1_000),
                        500 + (seed % 30 * 300),
                        seed % 5 == 0 ? Capabilities.Streaming : A.AllCapabilities & ~(Capabilities)(1 << (seed % 11)),
                        seed % 13 == 0 ? new DateOnly(2025, 1, 1) : null
                    )
            )
            .ToList();
        var world = new RoutingWorld(
            A.Pool(
                models,
                route =>
                    route with
                    {
                        Policies = draw.Pick % 3 == 0 ? [new HeuristicPolicy()] : [new StaticPolicy()],
                        Bounds = new PlanBounds { MaxFailureAttempts = 1 + (draw.Pick % 5) },
                    }
            )
        );
        for (var i = 0; i < models.Count; i++)
        {
            if (draw.Models[i] % 17 < draw.Cooling)
            {
                world.CoolDown($"p/m{i}");
            }
        }

        return world;
    }

    private static void Check(Action<Draw> holds)
    {
        var draws =
            from models in Gen.Choose(0, 10_000).NonEmptyListOf()
            from length in Gen.Choose(0, 60_000)
            from features in Gen.Choose(0, 2_047)
            from plain in Gen.Choose(0, 1)
            from extra in Gen.Choose(0, 2_047)
            from maxTokens in Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(1, 9_000)))
            from cap in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 1_000)))
            from pick in Gen.Choose(0, 1_000)
            from cooling in Gen.Elements(0, 3, 9, 17)
            select new Draw(
                [.. models.Take(12)],
                length,
                plain == 0 ? ChatFeatures.None : (ChatFeatures)features,
                (ChatFeatures)extra,
                maxTokens,
                cap,
                pick,
                cooling,
                null
            );
        FsCheck.Check.One(Cases, Prop.ForAll(draws.ToArbitrary(), holds));
    }

    private sealed record Draw(
        ImmutableArray<int> Models,
        int Length,
        ChatFeatures Features,
        ChatFeatures Extra,
        int MaxTokens,
        int Cap,
        int Pick,
        int Cooling,
        StepKind? Kind
    );
}
