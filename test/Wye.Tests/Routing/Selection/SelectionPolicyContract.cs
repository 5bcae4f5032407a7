using System.Collections.Concurrent;
using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Routes;
using Wye.Testing;

namespace Wye.Routing.Selection;

/// <summary>What every selection policy owes its router. To hold a policy to it, inherit and give the policy.</summary>
public abstract class SelectionPolicyContract
{
    private static readonly string[] Texts =
    [
        "",
        " ",
        "hi",
        "\0\0\0",
        "Write a function that sorts a list.",
        "Prove that 2 is prime. \u2200x",
        new string('x', 50_000),
        new string('\n', 5_000),
        "```",
        "\"",
        "/model",
        "привет, мир",
        "日本語のテキスト",
        "- a\n- b\n1. c\n",
    ];

    /// <summary>The policy under test; a new one or the same one, it must not matter.</summary>
    protected abstract ISelectionPolicy Policy { get; }

    /// <summary>A route on which the policy plans at least once.</summary>
    protected virtual RouteModel Arrange(RouteModel route) => route;

    /// <summary>What the policy needs of the snapshot.</summary>
    private protected virtual RoutingSnapshot Change(RoutingSnapshot snapshot) => snapshot;

    /// <summary>What must be sent as <c>model</c> so that the policy is asked.</summary>
    protected virtual string Model => "auto";

    [Fact]
    public void Name_IsLowerCaseAsciiWithoutSpaces() => Policy.Name.ShouldMatch("^[a-z][a-z0-9_-]*$");

    [Fact]
    public void Policy_IsFoundByItsNameInARegistry() =>
        new PolicyRegistry([Policy], []).FindSelection(Policy.Name)!.Name.ShouldBe(Policy.Name);

    [Fact]
    public void Policy_PlansAtLeastOnce_UnderItsOwnName() =>
        Requests().Select(Ask).ShouldContain(plan => plan != null && plan.Policy == Policy.Name);

    [Fact]
    public void Policy_UsesCandidatesOnly_AndKeepsThePromisesOfPlans()
    {
        foreach (var context in Contexts())
        {
            if (Policy.Select(context) is { } plan)
            {
                RoutePlanValidator.FirstProblem(plan, context.Set?.All ?? context.Candidates).ShouldBeNull();
                plan.Route.ShouldBe(context.Route.Name);
                plan.Balancing.ShouldBeSameAs(context.Route.Balancing);
                plan.Why.Length.ShouldBeInRange(1, PlanWriter.MaxWhy);
                plan.Why.ShouldAllBe(letter => letter >= ' ' && letter <= '~');
            }
        }
    }

    [Fact]
    public void Policy_PlansOverTheOnlyCandidateOrAbstains()
    {
        foreach (var context in Contexts())
        {
            var only = Copy(context, context.Candidates[..1]);
            if (Policy.Select(only) is { } plan)
            {
                plan.Nodes.ShouldAllBe(node => node.Model.Id == only.Candidates[0].Model.Id);
            }
        }
    }

    [Fact]
    public void Policy_DecidesEqualRequestsAlike()
    {
        foreach (var request in Requests())
        {
            Shape(Ask(request)).ShouldBe(Shape(Ask(request)));
        }
    }

    [Fact]
    public void Policy_DecidesAlikeFromManyThreads()
    {
        var contexts = Contexts().ToList();
        var alone = contexts.ConvertAll(context => Shape(Policy.Select(context)));
        var different = new ConcurrentBag<string>();
        Parallel.For(
            0,
            8 * contexts.Count,
            i =>
            {
                var index = i % contexts.Count;
                var shape = Shape(Policy.Select(contexts[index]));
                if (shape != alone[index])
                {
                    different.Add(shape);
                }
            }
        );
        different.ShouldBeEmpty();
    }

    [Fact]
    public void AnAlmostSpentBudget_LeavesNothingButTheLowestTier_UnlessAModelWasNamed()
    {
        var world = new RoutingWorld(A.Pool(A.UsualModels(), route => Arrange(route) with { Policies = [Policy] }));
        foreach (var request in Requests())
        {
            var full = world.Plan(request);
            var spent = world.Plan(request, new RoutingGrant { BudgetFraction = 0.1 });
            if (Model != "auto")
            {
                Shape(spent.Plan).ShouldBe(Shape(full.Plan));
                continue;
            }

            Chosen(spent.Plan!).ShouldAllBe(tier => tier == "small");
            spent.Plan!.Policy.ShouldBeOneOf(full.Plan!.Policy, "default");
            RoutePlanValidator.FirstProblem(spent.Plan, spent.Candidates).ShouldBeNull();
            if (Chosen(full.Plan).Any(tier => tier != "small"))
            {
                spent.Plan.Why.ShouldContain("; budget 10% left: ");
                spent.Removals.ShouldContain(removal => removal.Cause == RemovalCause.Budget);
            }
        }
    }

    [Fact]
    public void ACriticalRequest_IsTheSameWhateverIsLeft()
    {
        var world = new RoutingWorld(A.Pool(A.UsualModels(), route => Arrange(route) with { Policies = [Policy] }));
        var hints = new CallerHints { Priority = CallerPriority.Critical };
        foreach (var text in Texts)
        {
            var request = A.Asked(text, model: Model, hints: hints);

            Shape(world.Plan(request, new RoutingGrant { BudgetFraction = 0 }).Plan)
                .ShouldBe(Shape(world.Plan(request).Plan));
        }
    }

    // Tiers the plan calls by choice: what only a failure leads to is not chosen.
    private static IEnumerable<string> Chosen(RoutePlan plan)
    {
        var reached = new HashSet<int> { 0 };
        for (var i = 0; i < plan.Nodes.Length; i++)
        {
            if (!reached.Contains(i))
            {
                continue;
            }

            yield return plan.Nodes[i].Model.Tier.Value;
            reached.UnionWith(
                plan.Nodes[i].Edges.Where(edge => edge.On != EdgeEvent.Failed).Select(edge => edge.Target)
            );
        }
    }

    private RoutePlan? Ask(ChatRequest request) => Policy.Select(Context(request));

    private IEnumerable<SelectionContext> Contexts() => Requests().Select(Context);

    private SelectionContext Context(ChatRequest request)
    {
        var recorder = new RecordingPolicy();
        var world = new RoutingWorld(
            Change(A.Pool(A.UsualModels(), route => Arrange(route) with { Policies = [recorder] }))
        );
        var result = world.Plan(request);
        result.Error.ShouldBeNull();
        return recorder.Seen ?? AskedContext(world, request, result);
    }

    // A named model is decided without asking the route's policies; its context is made by hand.
    private static SelectionContext AskedContext(RoutingWorld world, ChatRequest request, RoutingResult result) =>
        new()
        {
            Request = request,
            Signals = result.Signals!,
            Route = world.Snapshot.Explicit,
            Snapshot = world.Snapshot,
            Candidates = result.Candidates,
            Removals = result.Removals,
            Health = world.Health,
            Asked = new ModelId(request.RequestedModel),
            Key = RoutingWorld.Key,
        };

    private static SelectionContext Copy(
        SelectionContext from,
        System.Collections.Immutable.ImmutableArray<Candidate> left
    ) =>
        new()
        {
            Request = from.Request,
            Signals = from.Signals,
            Route = from.Route,
            Snapshot = from.Snapshot,
            Candidates = left,
            Removals = from.Removals,
            Health = from.Health,
            Asked = from.Asked,
            Key = from.Key,
            Now = from.Now,
        };

    private IEnumerable<ChatRequest> Requests()
    {
        foreach (var text in Texts)
        {
            yield return A.Asked(text, model: Model);
            yield return A.Asked(text, "You are a classifier.", Model, ChatFeatures.Tools | ChatFeatures.JsonSchema);
            yield return A.Asked(
                text,
                model: Model,
                hints: new CallerHints
                {
                    Prefer = "\u0000odd",
                    Step = "",
                    Quality = new Probability(1),
                    Tags = ["", "\u00fc"],
                }
            );
        }
    }

    private static string Shape(RoutePlan? plan) =>
        plan is null ? "abstains" : $"{plan.Why} | {string.Join(',', plan.Nodes.Select(node => node.Model.Id.Value))}";

    private sealed class RecordingPolicy : ISelectionPolicy
    {
        public SelectionContext? Seen { get; private set; }

        public string Name => "recording";

        public RoutePlan? Select(SelectionContext context)
        {
            Seen = context;
            return null;
        }
    }
}
