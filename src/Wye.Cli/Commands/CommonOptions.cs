using System.CommandLine;

namespace Wye.Cli.Commands;

/// <summary>Options that several commands share, so that they read and mean the same everywhere.</summary>
internal static class CommonOptions
{
    /// <summary>File that is looked for when none is named.</summary>
    public const string ConfigFileName = "wye.yaml";

    /// <summary><c>--config</c>.</summary>
    public static Option<string?> Config() =>
        new("--config", "-c")
        {
            Description =
                $"Configuration file. Default: {ConfigFileName} here; without one, what the environment offers.",
            HelpName = "FILE",
        };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json() =>
        new("--json") { Description = "One JSON document on standard output, for programs." };

    /// <summary><c>--model</c>.</summary>
    public static Option<string> Model() =>
        new("--model", "-m")
        {
            Description = "Route, alias or model to ask for.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "auto",
        };

    /// <summary>The prompt as an argument.</summary>
    public static Argument<string?> Prompt() =>
        new("prompt") { Description = "The prompt; without it --file or piped text.", Arity = ArgumentArity.ZeroOrOne };

    /// <summary><c>--file</c>.</summary>
    public static Option<string?> PromptFile() =>
        new("--file", "-f") { Description = "Read the prompt from a file.", HelpName = "FILE" };

    /// <summary><c>--url</c>.</summary>
    public static Option<string?> Url() =>
        new("--url")
        {
            Description =
                "A running gateway, e.g. http://127.0.0.1:4000 (default: $WYE_BASE_URL, else one in this process).",
            HelpName = "URL",
        };

    /// <summary><c>--key</c>.</summary>
    public static Option<string?> Key() =>
        new("--key") { Description = "Key for --url (default: $WYE_API_KEY).", HelpName = "KEY" };

    /// <summary><c>--step-kind</c>.</summary>
    public static Option<string?> StepKind() =>
        new("--step-kind")
        {
            Description = "Kind of workflow step, e.g. classify; default: inferred.",
            HelpName = "KIND",
        };

    /// <summary>The configuration file in force; null = there is none.</summary>
    /// <exception cref="CliFailureException">The named file does not exist.</exception>
    public static string? FindConfig(CliContext context, string? named)
    {
        if (named is null)
        {
            var here = context.Resolve(ConfigFileName);
            return File.Exists(here) ? here : null;
        }

        var path = context.Resolve(named);
        return File.Exists(path)
            ? path
            : throw new CliFailureException($"There is no file '{named}'. 'wye init' writes one.", ExitCodes.Usage);
    }

    /// <summary>The prompt: argument, file or piped text, in that order.</summary>
    /// <exception cref="CliFailureException">There is none, or two.</exception>
    public static async Task<string> ReadPromptAsync(
        CliContext context,
        string? argument,
        string? file,
        CancellationToken cancellationToken
    )
    {
        if (argument is not null && file is not null)
        {
            throw new CliFailureException("Give the prompt or --file, not both.", ExitCodes.Usage);
        }

        var text =
            argument
            ?? (
                file is not null ? await File.ReadAllTextAsync(context.Resolve(file), cancellationToken)
                : context.Terminal.InputPiped ? await context.Terminal.Input.ReadToEndAsync(cancellationToken)
                : ""
            );
        return text.Trim().Length > 0
            ? text
            : throw new CliFailureException(
                "There is no prompt. Give it as an argument, with --file, or pipe it in.",
                ExitCodes.Usage
            );
    }
}
