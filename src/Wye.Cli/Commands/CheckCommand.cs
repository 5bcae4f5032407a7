using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wye.Cli.Configuration;
using Wye.Cli.Terminals;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving;

namespace Wye.Cli.Commands;

/// <summary><c>wye check</c>: everything wrong with a configuration at once, each with its line and its fix.</summary>
internal static class CheckCommand
{
    public static Command Create(CliContext context)
    {
        var file = new Argument<string?>("file")
        {
            Description = $"Configuration file. Default: {CommonOptions.ConfigFileName} here.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = CommonOptions.Json();
        var command = new Command("check", "Validate a configuration: errors (exit code 1) and warnings, with fixes.")
        {
            file,
            json,
        };
        command.SetAction(parsed => Run(context, parsed.GetValue(file), parsed.GetValue(json)));
        return command;
    }

    private static int Run(CliContext context, string? named, bool asJson)
    {
        var name = named ?? CommonOptions.ConfigFileName;
        if (CommonOptions.FindConfig(context, name) is not { } path)
        {
            throw new CliFailureException($"There is no file '{name}'. 'wye init' writes one.", ExitCodes.Usage);
        }

        var built = EffectiveConfig.Load(context, path);
        // The file as the user named it: messages must match what stands on the screen.
        var problems = built.Problems.Select(problem => problem with { File = name }).ToImmutableArray();
        if (asJson)
        {
            context.Terminal.Json(json => Write(json, built.Snapshot is not null, problems));
        }
        else
        {
            Print(context.Terminal, name, built.Snapshot, problems);
        }

        return built.Snapshot is null ? ExitCodes.Failed : ExitCodes.Ok;
    }

    private static void Print(
        Terminal terminal,
        string name,
        WyeSnapshot? snapshot,
        ImmutableArray<ConfigProblem> problems
    )
    {
        if (terminal.Rich && problems.Length > 0)
        {
            var table = new TextTable("line>", "", "where", "what is wrong", "how to mend it");
            foreach (var problem in problems)
            {
                table.Add(
                    problem.Line == 0 ? "" : problem.Line.ToString(CultureInfo.InvariantCulture),
                    Severity(problem),
                    problem.Path,
                    problem.What,
                    problem.Fix
                );
            }

            terminal.Table(table);
        }
        else
        {
            foreach (var problem in problems)
            {
                terminal.Line(problem.ToString());
            }
        }

        var errors = problems.Count(problem => problem.Severity == ConfigSeverity.Error);
        var warnings = problems.Length - errors;
        terminal.Line(
            snapshot is null
                ? $"{name}: {Count(errors, "error")}, {Count(warnings, "warning")}."
                : $"{name} is valid: {Count(snapshot.Providers.Count, "provider")}, {Count(snapshot.Routing.Catalog.Deployments.Length, "deployment")}, {Count(snapshot.Routing.Catalog.Tiers.Length, "tier")}, {Count(snapshot.Routing.Routes.Count, "route")}; {Count(warnings, "warning")}."
        );
    }

    private static void Write(Utf8JsonWriter json, bool valid, ImmutableArray<ConfigProblem> problems)
    {
        json.WriteStartObject();
        json.WriteBoolean("valid", valid);
        json.WriteStartArray("problems");
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("severity", Severity(problem));
            json.WriteString("file", problem.File);
            json.WriteNumber("line", problem.Line);
            json.WriteNumber("column", problem.Column);
            json.WriteString("path", problem.Path);
            json.WriteString("what", problem.What);
            json.WriteString("fix", problem.Fix);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Severity(ConfigProblem problem) =>
        problem.Severity == ConfigSeverity.Error ? "error" : "warning";

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
