namespace Wye.Gateway.Money;

/// <summary>A gateway whose routes ask every policy, with gates, judges, and budgets that hold.</summary>
public sealed class ConservationFixture : GatewayFixture
{
    protected override string ConfigOf(Uri simulator) =>
        Config(simulator)
        + """

              ruled: { policies: [rules, heuristic], rules: [{ name: long, min_prompt_tokens: 15, tier: medium }] }
              steps: { policy: cascade, stages: [small, large], gate: sound }
              graded: { policy: cascade, stages: [small, medium], gate: judged }
              asked: { policy: judge_router, judge_router: { model: gpt-4o-mini } }
            gates:
              sound: { all: [finish, refusal] }
              judged: { kind: judge, model: gpt-4o-mini, rubric: "Correct and polite.", threshold: 0.5 }
            budgets:
              all: { limit: 100000 }
              keys: { scope: key, limit: 100000, window: day }
              models: { scope: model, limit: 100000, window: total }
              watch: { limit: 0.01, window: hour, mode: soft }
            """;
}
