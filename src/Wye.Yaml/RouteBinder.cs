using System.Collections.Immutable;
using Wye.Hosting.Configuration;
using Wye.Hosting.Configuration.Routes;
using Wye.Routing.Selection.Learned;

namespace Wye.Yaml;

/// <summary>One entry of <c>routes</c>, or <c>explicit</c>.</summary>
internal static class RouteBinder
{
    public static RouteConfig Bind(string name, Fields fields)
    {
        fields.Elsewhere["gates"] = (
            "A route names one gate; gates are defined beside the routes.",
            "Write gate: NAME, or a gate for each of the stages."
        );
        var route = Bounds(name, fields) with
        {
            Tiers = fields.Texts("tiers") ?? [],
            Policies = Policies(fields),
            Objective = fields.Text("objective", Objectives.Names),
            Lambda = fields.Number("lambda"),
            Prefer = fields.Has("prefer") ? Prefer(fields.Below("prefer", "the sliders")) : null,
            Weak = fields.Text("weak"),
            Tier = fields.Text("tier"),
            StepTiers = fields.TextMap("step_tiers"),
            StepKindTiers = fields.TextMap("step_kind_tiers"),
            Rules = Rules(fields),
            Stages = Stages(fields),
            Gate = fields.Text("gate"),
            Threshold = fields.Number("threshold"),
            ShowRefused = fields.Flag("show_refused"),
            JudgeRouter = fields.Has("judge_router")
                ? JudgeRouter(fields.Below("judge_router", "the judge router"))
                : null,
            AllowModelDirective = fields.Flag("allow_model_directive"),
            BudgetLadder = Ladder(fields),
            BudgetPacing = fields.Flag("budget_pacing"),
            CriticalSteps = fields.Texts("critical_steps"),
        };
        fields.Done();
        return route;
    }

    /// <summary>The bounds for callers that name a model themselves: no choice is made there, so no key that chooses.</summary>
    public static RouteConfig BindExplicit(Fields fields)
    {
        var bounds = Bounds("explicit", fields);
        fields.Done();
        return bounds;
    }

    private static RouteConfig Bounds(string name, Fields fields) =>
        new()
        {
            Name = name,
            Strong = fields.Text("strong"),
            Fallbacks = fields.Texts("fallbacks") ?? [],
            ContextWindowFallbacks = fields.Texts("context_window_fallbacks"),
            ContentPolicyFallbacks = fields.Texts("content_policy_fallbacks") ?? [],
            Quality = fields.Number("quality"),
            MaxCost = fields.Money("max_cost"),
            Regions = fields.Texts("regions") ?? [],
            Compliance = fields.Texts("compliance") ?? [],
            MaxInputPrice = fields.Money("max_input_price"),
            MaxOutputPrice = fields.Money("max_output_price"),
            MaxFirstToken = fields.Duration("max_first_token"),
            MinHeadroom = fields.Number("min_headroom"),
            Sticky = fields.Flag("sticky"),
            Balancing = fields.Text("balancing"),
            Timeouts = Timeouts(fields),
            MaxFailureAttempts = fields.Int("max_failure_attempts"),
            MaxUpstreamCalls = fields.Int("max_upstream_calls"),
        };

    private static PreferConfig Prefer(Fields fields)
    {
        var prefer = new PreferConfig(fields.Number("quality"), fields.Number("cost"), fields.Number("speed"));
        fields.Done();
        return prefer;
    }

    private static ImmutableArray<string> Policies(Fields fields)
    {
        var one = fields.Scalar("policy");
        var many = fields.Texts("policies");
        if (one is not null && many is not null)
        {
            fields.Problems.Error(one, "The route has both 'policy' and 'policies'.", "Keep 'policies'.");
        }

        return many ?? (one?.Text is { } name ? [name] : []);
    }

    private static TimeoutsConfig? Timeouts(Fields fields)
    {
        if (!fields.Has("timeouts"))
        {
            return null;
        }

        var below = fields.Below("timeouts", "timeouts");
        below.Elsewhere["connect"] = (
            "The time to connect is set for a provider, not for a route.",
            "Use providers.NAME.connect_timeout."
        );
        var timeouts = new TimeoutsConfig
        {
            FirstToken = below.Duration("first_token"),
            InterToken = below.Duration("inter_token"),
            Total = below.Duration("total"),
        };
        below.Done();
        return timeouts;
    }

    private static ImmutableArray<LadderRungConfig>? Ladder(Fields fields) =>
        fields.Items("budget_ladder") is { } items
            ? [.. items.Select(item => Rung(fields.Below(item, "a rung")))]
            : null;

    private static LadderRungConfig Rung(Fields fields)
    {
        var rung = new LadderRungConfig
        {
            Below = fields.Number("below"),
            Tier = fields.Text("tier"),
            Tiers = fields.TextMap("tiers"),
            Priority = fields.Text("priority"),
        };
        fields.Done();
        return rung;
    }

    private static ImmutableArray<StageConfig> Stages(Fields fields)
    {
        var stages = ImmutableArray.CreateBuilder<StageConfig>();
        foreach (var item in fields.TextsOrItems("stages") ?? [])
        {
            if (item is TextNode { Text: { } use })
            {
                stages.Add(new StageConfig { Use = use });
                continue;
            }

            var below = fields.Below(item, "a stage");
            var stage = new StageConfig
            {
                Use = below.Required("use") ?? "",
                Gate = below.Text("gate"),
                Threshold = below.Number("threshold"),
                MaxCost = below.Money("max_cost"),
                MaxTime = below.Duration("max_time"),
            };
            below.Done();
            if (stage.Use.Length > 0)
            {
                stages.Add(stage);
            }
            else if (item is MapNode)
            {
                fields.Problems.Error(
                    item,
                    "The stage names neither a tier nor a model.",
                    "Add use: TIER or use: MODEL."
                );
            }
        }

        return stages.ToImmutable();
    }

    private static JudgeRouterConfig JudgeRouter(Fields fields)
    {
        var judge = new JudgeRouterConfig
        {
            Model = fields.Text("model"),
            Form = fields.Text("form", ["difficulty", "level", "complex"]),
            Labels = fields.TextMap("labels"),
            Timeout = fields.Duration("timeout"),
            MaxCost = fields.Money("max_cost"),
            Remember = fields.Flag("remember"),
        };
        fields.Done();
        return judge;
    }

    private static ImmutableArray<RuleConfig> Rules(Fields fields) =>
        fields.Items("rules") is { } items ? [.. items.Select(item => Rule(fields.Below(item, "a rule")))] : [];

    private static RuleConfig Rule(Fields fields)
    {
        var rule = new RuleConfig
        {
            Name = fields.Text("name"),
            Tier = fields.Text("tier"),
            Model = fields.Text("model"),
            StepKinds = fields.Texts("step_kinds") ?? [],
            Steps = fields.Texts("steps") ?? [],
            MinPromptTokens = fields.Int("min_prompt_tokens"),
            MaxPromptTokens = fields.Int("max_prompt_tokens"),
            MinTurns = fields.Int("min_turns"),
            Code = fields.Flag("code"),
            Math = fields.Flag("math"),
            Tools = fields.Flag("tools"),
            Images = fields.Flag("images"),
            Json = fields.Flag("json"),
            Tags = fields.Texts("tags") ?? [],
            Keys = fields.Texts("keys") ?? [],
            BudgetBelow = fields.Number("budget_below"),
            From = fields.TimeOfDay("from"),
            Until = fields.TimeOfDay("until"),
            Matches = fields.Text("matches"),
        };
        fields.Done();
        return rule;
    }
}
