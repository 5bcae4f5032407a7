using System.Buffers;
using System.CommandLine;
using System.Text.Json;
using Wye.Cli.Keys;
using Wye.Gateway.Keys;

namespace Wye.Cli.Commands;

/// <summary><c>wye keys</c>: makes, shows, changes and removes virtual keys.</summary>
internal static class KeysCommand
{
    public static Command Create(CliContext context) =>
        new("keys", "Make and manage virtual keys: what each may ask for, how often, and for how much.")
        {
            Plain(context, "list", "Show all keys.", KeyAction.List),
            Plain(context, "show", "Show one key.", KeyAction.Show),
            With(context, "create", "Make a key. Its text is shown this once.", KeyAction.Create),
            With(
                context,
                "update",
                "Change what a key may do; what is not named stays, 'none' takes a bound away.",
                KeyAction.Update
            ),
            Plain(context, "block", "Refuse a key until it is unblocked.", KeyAction.Block),
            Plain(context, "unblock", "Let a blocked key in again.", KeyAction.Unblock),
            Rotate(context),
            Plain(context, "delete", "Remove a key for good; the ledger keeps its id.", KeyAction.Delete),
        };

    private static Command Plain(CliContext context, string name, string description, KeyAction action)
    {
        var where = new KeyPlace();
        var command = new Command(name, description);
        var id = action is KeyAction.List ? null : Id(command);
        where.AddTo(command);
        command.SetAction(
            (parsed, stop) =>
                RunAsync(context, where, parsed, action, id is null ? "" : parsed.GetRequiredValue(id), default, stop)
        );
        return command;
    }

    private static Command With(CliContext context, string name, string description, KeyAction action)
    {
        var where = new KeyPlace();
        var fields = new KeyFields();
        var command = new Command(name, description);
        var id = action is KeyAction.Create ? null : Id(command);
        foreach (var option in fields.All)
        {
            command.Add(option);
        }

        where.AddTo(command);
        command.SetAction(
            (parsed, stop) =>
                RunAsync(
                    context,
                    where,
                    parsed,
                    action,
                    id is null ? "" : parsed.GetRequiredValue(id),
                    fields.Write(parsed, context.Time.GetUtcNow()),
                    stop
                )
        );
        return command;
    }

    private static Command Rotate(CliContext context)
    {
        var where = new KeyPlace();
        var command = new Command("rotate", "Give a key a new secret; the old one stays valid for a while.");
        var id = Id(command);
        var overlap = new Option<string>("--overlap")
        {
            Description = "How long the old secret stays valid, e.g. 24h, 30m, 0s; at most 30d.",
            HelpName = "TIME",
            DefaultValueFactory = _ => "24h",
        };
        command.Add(overlap);
        where.AddTo(command);
        command.SetAction(
            (parsed, stop) =>
                RunAsync(
                    context,
                    where,
                    parsed,
                    KeyAction.Rotate,
                    parsed.GetRequiredValue(id),
                    Overlap(parsed.GetRequiredValue(overlap)),
                    stop
                )
        );
        return command;
    }

    private static Argument<string> Id(Command command)
    {
        var id = new Argument<string>("id") { Description = "Id of the key, as 'wye keys list' shows it." };
        command.Add(id);
        return id;
    }

    private static ReadOnlyMemory<byte> Overlap(string text)
    {
        var seconds =
            KeyTime.Seconds(text)
            ?? throw new CliFailureException("--overlap takes a time such as 24h, 30m or 0s.", ExitCodes.Usage);
        var buffer = new ArrayBufferWriter<byte>(32);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("overlap_seconds", seconds);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static async Task<int> RunAsync(
        CliContext context,
        KeyPlace where,
        ParseResult parsed,
        KeyAction action,
        string id,
        ReadOnlyMemory<byte> body,
        CancellationToken stop
    )
    {
        await using var desk = await where.OpenAsync(context, parsed, stop);
        using var json = await desk.DoAsync(action, id, body, stop);
        var terminal = context.Terminal;
        if (where.WantsJson(parsed))
        {
            terminal.Json(json.RootElement.WriteTo);
            return ExitCodes.Ok;
        }

        if (action is KeyAction.List)
        {
            KeyScreen.List(terminal, json.RootElement);
            return ExitCodes.Ok;
        }

        if (json.RootElement.TryGetProperty("key", out var text))
        {
            terminal.Line(text.GetString()!);
            terminal.Line("Shown this once: keep it.");
            terminal.Line();
        }

        if (action is KeyAction.Delete)
        {
            terminal.Line($"Key {json.RootElement.GetProperty("id").GetString()} is gone.");
            return ExitCodes.Ok;
        }

        KeyScreen.One(terminal, json.RootElement);
        return ExitCodes.Ok;
    }
}
