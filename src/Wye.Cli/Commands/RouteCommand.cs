using System.CommandLine;
using System.Text.Json;
using Wye.Cli.Gateways;
using Wye.Cli.Http;
using Wye.Cli.Terminals;

namespace Wye.Cli.Commands;

/// <summary><c>wye route</c>: what would be done with a prompt, and why. No model is called.</summary>
internal static class RouteCommand
{
    public static Command Create(CliContext context)
    {
        var prompt = CommonOptions.Prompt();
        var file = CommonOptions.PromptFile();
        var model = CommonOptions.Model();
        var kind = CommonOptions.StepKind();
        var config = CommonOptions.Config();
        var url = CommonOptions.Url();
        var key = CommonOptions.Key();
        var explain = new Option<bool>("--explain")
        {
            Description =
                "Show what the learned router expects of every model, and what would have changed the choice.",
        };
        var json = CommonOptions.Json();
        var command = new Command("route", "Show the model a prompt would go to, the candidates, costs and reasons.")
        {
            prompt,
            file,
            model,
            kind,
            config,
            url,
            key,
            explain,
            json,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                var text = await CommonOptions.ReadPromptAsync(
                    context,
                    parsed.GetValue(prompt),
                    parsed.GetValue(file),
                    cancel
                );
                var ask = new ChatAsk(parsed.GetValue(model)!, text)
                {
                    Headers = AskCommand.Headers(parsed.GetValue(kind)),
                };
                await using var gateway = await GatewayConnection.OpenAsync(
                    context,
                    parsed.GetValue(url),
                    parsed.GetValue(key),
                    parsed.GetValue(config),
                    cancel
                );
                using var decision = await gateway.Client.RouteAsync(ask, cancel);
                return Show(context.Terminal, decision.RootElement, parsed.GetValue(json), parsed.GetValue(explain));
            }
        );
        return command;
    }

    private static int Show(Terminal terminal, JsonElement decision, bool asJson, bool explain)
    {
        var refused = decision.TryGetProperty("error", out var error);
        if (asJson)
        {
            terminal.Json(json => decision.WriteTo(json));
        }
        else
        {
            Print(terminal, decision, refused ? Text(error, "message") : null);
            if (explain)
            {
                LearnedView.Print(terminal, decision);
            }
        }

        return refused ? ExitCodes.Failed : ExitCodes.Ok;
    }

    private static void Print(Terminal terminal, JsonElement decision, string? refusal)
    {
        if (refusal is null)
        {
            terminal.Line($"{Text(decision, "model")}");
            terminal.Line($"  why        {Text(decision, "why")}");
            terminal.Line($"  policy     {Text(decision, "policy")} of route {Text(decision, "route")}");
        }
        else
        {
            terminal.Warn($"wye: {refusal}");
        }

        if (decision.TryGetProperty("signals", out var signals))
        {
            var reason = Text(signals, "step_kind_reason");
            terminal.Line($"  step kind  {Text(signals, "step_kind")}{(reason.Length == 0 ? "" : $" ({reason})")}");
            terminal.Line($"  prompt     about {Text(signals, "prompt_tokens")} tokens");
        }

        PrintCandidates(terminal, decision);
        PrintRemoved(terminal, decision);
        PrintPlan(terminal, decision);
    }

    private static void PrintCandidates(Terminal terminal, JsonElement decision)
    {
        var table = new TextTable("model", "tier", "expected cost>", "strong", "deployments");
        foreach (var candidate in Items(decision, "candidates"))
        {
            table.Add(
                Text(candidate, "model"),
                Text(candidate, "tier"),
                Cost(candidate),
                string.Equals(Text(candidate, "model"), Text(decision, "strong"), StringComparison.Ordinal)
                    ? "yes"
                    : "",
                string.Join(", ", Items(candidate, "deployments").Select(item => item.GetString()))
            );
        }

        Print(terminal, "Candidates", table);
    }

    private static void PrintRemoved(Terminal terminal, JsonElement decision)
    {
        var table = new TextTable("model", "deployment", "reason");
        foreach (var removal in Items(decision, "removed"))
        {
            table.Add(Text(removal, "model"), Text(removal, "deployment"), Text(removal, "reason"));
        }

        Print(terminal, "Removed", table);
    }

    private static void PrintPlan(Terminal terminal, JsonElement decision)
    {
        if (!decision.TryGetProperty("plan", out var plan))
        {
            return;
        }

        var table = new TextTable("node>", "call", "model", "expected cost>", "retries>", "then");
        foreach (var node in Items(plan, "nodes"))
        {
            table.Add(
                Text(node, "node"),
                Text(node, "call"),
                Text(node, "model"),
                Cost(node),
                Text(node, "retries"),
                string.Join("; ", Items(node, "edges").Select(edge => $"{Text(edge, "on")} -> {Text(edge, "to")}"))
            );
        }

        Print(terminal, "Plan", table);
    }

    private static void Print(Terminal terminal, string heading, TextTable table)
    {
        if (table.Rows.Count > 0)
        {
            terminal.Heading(heading);
            terminal.Table(table);
        }
    }

    private static string Cost(JsonElement item) => Money.Text(ChatAnswer.Dollars(Text(item, "expected_cost_usd")));

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string Text(JsonElement parent, string name) =>
        !parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? "" : value.ToString();
}
