using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wye.Cli.Gateways;
using Wye.Cli.Http;
using Wye.Cli.Terminals;

namespace Wye.Cli.Commands;

/// <summary><c>wye ask</c>: one prompt through a gateway; the answer on standard output, how it came about on standard error.</summary>
internal static class AskCommand
{
    public static Command Create(CliContext context)
    {
        var prompt = CommonOptions.Prompt();
        var file = CommonOptions.PromptFile();
        var model = CommonOptions.Model();
        var kind = CommonOptions.StepKind();
        var whole = new Option<bool>("--no-stream") { Description = "Wait for the whole answer." };
        var config = CommonOptions.Config();
        var url = CommonOptions.Url();
        var key = CommonOptions.Key();
        var json = CommonOptions.Json();
        var command = new Command("ask", "Send a prompt and print the answer.")
        {
            prompt,
            file,
            model,
            kind,
            whole,
            config,
            url,
            key,
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
                    Stream = !parsed.GetValue(whole) && !parsed.GetValue(json),
                    Headers = Headers(parsed.GetValue(kind)),
                };
                await using var gateway = await GatewayConnection.OpenAsync(
                    context,
                    parsed.GetValue(url),
                    parsed.GetValue(key),
                    parsed.GetValue(config),
                    cancel
                );
                return parsed.GetValue(json)
                    ? await AskForProgramAsync(context.Terminal, gateway.Client, ask, cancel)
                    : await AskForPersonAsync(context.Terminal, gateway.Client, ask, cancel);
            }
        );
        return command;
    }

    /// <summary>Headers for the hints given.</summary>
    internal static Dictionary<string, string> Headers(string? stepKind)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (stepKind is not null)
        {
            headers["x-wye-step-kind"] = stepKind;
        }

        return headers;
    }

    private static async Task<int> AskForPersonAsync(
        Terminal terminal,
        WyeClient client,
        ChatAsk ask,
        CancellationToken cancellationToken
    )
    {
        var streamed = false;
        var answer = await client.ChatAsync(
            ask,
            piece =>
            {
                streamed = true;
                terminal.Output.Write(piece);
                terminal.Output.Flush();
            },
            cancellationToken
        );
        terminal.Line(streamed ? "" : answer.Text);
        if (answer.Error is { } error)
        {
            terminal.Warn($"wye: {error}");
        }

        if (answer.Model.Length > 0)
        {
            terminal.Warn(
                $"{answer.Model} · {answer.Why} · cost {Money.Text(answer.Cost)} · saved {Money.Text(answer.Saved)}"
            );
        }

        return answer.Succeeded ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static async Task<int> AskForProgramAsync(
        Terminal terminal,
        WyeClient client,
        ChatAsk ask,
        CancellationToken cancellationToken
    )
    {
        var answer = await client.ChatAsync(ask, onText: null, cancellationToken);
        terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("status", answer.Status);
            json.WriteString("text", answer.Text);
            json.WriteString("error", answer.Error);
            json.WriteString("request_id", answer.RequestId);
            json.WriteString("model", answer.Model);
            json.WriteString("route", answer.Route);
            json.WriteString("why", answer.Why);
            json.WriteNumber("attempts", answer.Attempts);
            json.WriteString("cost_usd", answer.Cost?.ToDollars().ToString(CultureInfo.InvariantCulture));
            json.WriteString("saved_usd", answer.Saved?.ToDollars().ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        });
        return answer.Succeeded ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
