using System.CommandLine;
using System.Globalization;
using Wye.Routing;
using Wye.Yaml.LiteLlm;

namespace Wye.Cli.Commands;

/// <summary><c>wye import</c>: takes over the configuration of another gateway.</summary>
internal static class ImportCommand
{
    public static Command Create(CliContext context) =>
        new("import", "Take over the configuration of another gateway.") { LiteLlm(context) };

    private static Command LiteLlm(CliContext context)
    {
        var file = new Argument<string>("config") { Description = "LiteLLM's config.yaml." };
        var target = new Option<string?>("--out", "-o")
        {
            Description = "File to write. Default: standard output.",
            HelpName = "FILE",
        };
        var force = new Option<bool>("--force") { Description = "Overwrite the file if it exists." };
        var command = new Command("litellm", "Write a wye.yaml from a LiteLLM config.yaml, and say what was left out.")
        {
            file,
            target,
            force,
        };
        command.SetAction(
            (parsed, cancel) =>
                RunAsync(context, parsed.GetValue(file)!, parsed.GetValue(target), parsed.GetValue(force), cancel)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        CliContext context,
        string name,
        string? target,
        bool force,
        CancellationToken cancellationToken
    )
    {
        var path = context.Resolve(name);
        if (!File.Exists(path))
        {
            throw new CliFailureException($"There is no file '{name}'.", ExitCodes.Usage);
        }

        var balancing = BuiltInPolicies.Balancing.Select(policy => policy.Name).ToList();
        var result = LiteLlmImport.Convert(await File.ReadAllTextAsync(path, cancellationToken), balancing);
        foreach (var note in result.Notes)
        {
            context.Terminal.Warn(note.ToString());
        }

        if (result.Yaml is null)
        {
            throw new CliFailureException($"{name}: nothing could be imported.");
        }

        if (target is null)
        {
            context.Terminal.Output.Write(result.Yaml);
            return ExitCodes.Ok;
        }

        var written = OutputFile.Check(context, target);
        if (File.Exists(written) && !force)
        {
            throw new CliFailureException($"'{target}' exists. Use --force to overwrite it.");
        }

        await File.WriteAllTextAsync(written, result.Yaml, cancellationToken);
        context.Terminal.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Wrote {target}; {result.Notes.Length} notes above. Next: wye check {target}"
            )
        );
        return ExitCodes.Ok;
    }
}
