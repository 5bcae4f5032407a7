using System.Text.RegularExpressions;
using Wye.Primitives;
using Wye.Routing.Routes;

namespace Wye.Routing.Selection;

public sealed class StaticPolicyContract : SelectionPolicyContract
{
    protected override ISelectionPolicy Policy => new StaticPolicy();
}

public sealed class HeuristicPolicyContract : SelectionPolicyContract
{
    protected override ISelectionPolicy Policy => new HeuristicPolicy();
}

public sealed class RulesPolicyContract : SelectionPolicyContract
{
    protected override ISelectionPolicy Policy => new RulesPolicy();

    protected override RouteModel Arrange(RouteModel route) =>
        route with
        {
            Rules =
            [
                new RouteRule { Name = "gone", Model = new ModelId("unknown") },
                new RouteRule
                {
                    Name = "sorting",
                    Tier = new TierName("large"),
                    Matches = new Regex("sorts|prime", RegexOptions.NonBacktracking),
                },
                new RouteRule
                {
                    Name = "long",
                    Model = new ModelId("opus"),
                    MinPromptTokens = 1_000,
                },
            ],
        };
}

public sealed class ExplicitPolicyContract : SelectionPolicyContract
{
    protected override ISelectionPolicy Policy => new ExplicitPolicy();

    protected override string Model => "sonnet";
}

public sealed class ForeignPolicyContract : SelectionPolicyContract
{
    protected override ISelectionPolicy Policy => new LongestNamePolicy();
}

public sealed class CascadePolicyContract : SelectionPolicyContract
{
    protected override ISelectionPolicy Policy => new CascadePolicy();

    protected override RouteModel Arrange(RouteModel route) =>
        route with
        {
            Cascade = new CascadeModel
            {
                Stages =
                [
                    new CascadeStage
                    {
                        Name = "small",
                        Models = [new ModelId("haiku"), new ModelId("mini")],
                        Gate = new GateId("checks"),
                        Samples = [new ModelId("haiku")],
                        Judge = new ModelId("gpt"),
                    },
                    new CascadeStage { Name = "opus", Models = [new ModelId("opus")] },
                ],
            },
        };
}

public sealed class JudgeRouterPolicyContract : SelectionPolicyContract
{
    protected override ISelectionPolicy Policy => new JudgeRouterPolicy();

    protected override RouteModel Arrange(RouteModel route) =>
        route with
        {
            JudgeRouter = new JudgeRouterModel { Model = new ModelId("haiku") },
        };
}
