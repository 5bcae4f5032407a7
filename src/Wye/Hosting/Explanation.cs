using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Wye.Dialects.OpenAi;
using Wye.Primitives;
using Wye.Routing;
using Wye.Routing.Plans;
using Wye.Signals;

namespace Wye.Hosting;

/// <summary>A decision as JSON, for <c>/v1/route</c> and <c>wye route --json</c>: signals, candidates, removals, plan. Holds no prompt.</summary>
public static class Explanation
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, in RoutingResult decision)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        if (decision.Plan is { } plan)
        {
            json.WriteString("route", plan.Route.Value);
            json.WriteString("model", plan.Nodes[0].Model.Id.Value);
            json.WriteString("policy", plan.Policy);
            json.WriteString("why", plan.Why);
            json.WriteString("strong", plan.Strong?.Id.Value);
        }

        if (decision.Error is { } error)
        {
            json.WriteStartObject("error");
            ErrorWriter.WriteMembers(json, error);
            json.WriteString("kind", error.Kind.ToString());
            json.WriteEndObject();
        }

        if (decision.Signals is { } signals)
        {
            Write(json, signals);
        }

        Write(json, decision.Candidates);
        Write(json, decision.Removals);
        if (decision.Trace is { } trace)
        {
            LearnedExplanation.Write(json, trace);
        }

        if (decision.Plan is { } tree)
        {
            Write(json, tree);
        }

        json.WriteEndObject();
    }

    /// <summary>The choice, and what was expected of each model, in one object that fits a header.</summary>
    internal static void WriteShort(Utf8JsonWriter json, in RoutingResult decision)
    {
        json.WriteStartObject();
        if (decision.Plan is { } plan)
        {
            json.WriteString("model", plan.Nodes[0].Model.Id.Value);
            json.WriteString("policy", plan.Policy);
            json.WriteString("why", plan.Why);
        }

        if (decision.Signals is { } signals)
        {
            json.WriteString("step_kind", signals.StepKind.Name());
            json.WriteNumber("prompt_tokens", signals.PromptTokens);
        }

        Write(json, decision.Removals);
        if (decision.Trace is { } trace)
        {
            LearnedExplanation.Write(json, trace);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SignalSet signals)
    {
        json.WriteStartObject("signals");
        json.WriteString("step_kind", signals.StepKind.Name());
        json.WriteBoolean("step_kind_given", signals.StepKindGiven);
        json.WriteString("step_kind_reason", signals.StepKindReason);
        json.WriteNumber("prompt_tokens", signals.PromptTokens);
        json.WriteNumber("prompt_token_bound", signals.PromptTokenBound);
        json.WriteNumber("text_bytes", signals.TextBytes);
        json.WriteNumber("query_length", signals.QueryLength);
        json.WriteNumber("query_words", signals.QueryWords);
        json.WriteNumber("turns", signals.Turns);
        json.WriteNumber("questions", signals.Questions);
        json.WriteNumber("list_items", signals.ListItems);
        json.WriteBoolean("code", signals.Code);
        json.WriteBoolean("math", signals.Math);
        json.WriteString("script", signals.Script.ToString());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<Candidate> candidates)
    {
        json.WriteStartArray("candidates");
        foreach (var candidate in candidates.IsDefault ? [] : candidates)
        {
            json.WriteStartObject();
            json.WriteString("model", candidate.Model.Id.Value);
            json.WriteString("tier", candidate.Tier.Name.Value);
            json.WriteString("expected_cost_usd", Dollars(candidate.ExpectedCost));
            json.WriteStartArray("deployments");
            foreach (var deployment in candidate.Deployments)
            {
                json.WriteStringValue(deployment.Id.Value);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<Removal> removals)
    {
        json.WriteStartArray("removed");
        foreach (var removal in removals.IsDefault ? [] : removals)
        {
            json.WriteStartObject();
            json.WriteString("model", removal.Model.Value);
            json.WriteString("deployment", removal.Deployment?.Value);
            json.WriteString("reason", removal.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, RoutePlan plan)
    {
        json.WriteStartObject("plan");
        json.WriteNumber("max_failure_attempts", plan.Bounds.MaxFailureAttempts);
        json.WriteNumber("max_upstream_calls", plan.Bounds.MaxUpstreamCalls);
        json.WriteStartArray("nodes");
        for (var i = 0; i < plan.Nodes.Length; i++)
        {
            Write(json, i, plan.Nodes[i]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, int index, PlanNode node)
    {
        json.WriteStartObject();
        json.WriteNumber("node", index);
        json.WriteString("call", node.Kind.ToString().ToLowerInvariant());
        json.WriteString("model", node.Model.Id.Value);
        json.WriteString("expected_cost_usd", Dollars(node.ExpectedCost));
        json.WriteNumber("retries", node.Retries);
        json.WriteString("gate", node.Gate?.Value);
        json.WriteStartArray("edges");
        foreach (var edge in node.Edges)
        {
            json.WriteStartObject();
            json.WriteString("on", edge.On.ToString().ToLowerInvariant());
            json.WriteString("to", Target(edge.Target));
            json.WriteString("label", edge.Label);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Target(int target) =>
        target switch
        {
            PlanEnd.Deliver => "deliver",
            PlanEnd.BestSoFar => "best_so_far",
            PlanEnd.Refuse => "refuse",
            _ => target.ToString(CultureInfo.InvariantCulture),
        };

    private static string? Dollars(Usd? amount) =>
        amount?.ToDollars().ToString("0.000000######", CultureInfo.InvariantCulture);
}
