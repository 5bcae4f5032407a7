using System.CommandLine;
using Wye.Cli.Configuration;
using Wye.Hosting.Configuration.Defaults;

namespace Wye.Cli.Commands;

/// <summary><c>wye init</c>: a commented <c>wye.yaml</c> from the keys and models found here.</summary>
internal static class InitCommand
{
    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("file")
        {
            Description = "File to write.",
            DefaultValueFactory = _ => CommonOptions.ConfigFileName,
        };
        var force = new Option<bool>("--force") { Description = "Overwrite the file if it exists." };
        var command = new Command("init", "Write a commented configuration from the provider keys found here.")
        {
            file,
            force,
        };
        command.SetAction(
            (parsed, cancel) => RunAsync(context, parsed.GetValue(file)!, parsed.GetValue(force), cancel)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        CliContext context,
        string file,
        bool force,
        CancellationToken cancellationToken
    )
    {
        var path = context.Resolve(file);
        if (File.Exists(path) && !force)
        {
            throw new CliFailureException($"'{file}' exists. Use --force to overwrite it.");
        }

        var config =
            await EffectiveConfig.DetectAsync(context, cancellationToken)
            ?? throw new CliFailureException(DefaultConfig.NothingFound);
        // A race with another writer must not overwrite either: the file is created, not opened, unless forced.
        await using (var stream = new FileStream(path, force ? FileMode.Create : FileMode.CreateNew, FileAccess.Write))
        await using (var writer = new StreamWriter(stream))
        {
            await writer.WriteAsync(ConfigWriter.Write(config).AsMemory(), cancellationToken);
        }

        context.Terminal.Line(
            $"Wrote {file}: {string.Join(", ", config.Providers.Select(provider => provider.Name))}."
        );
        context.Terminal.Line("Keys stay in the environment; the file only names them.");
        context.Terminal.Line($"Next: wye check {file} && wye serve --config {file}");
        return ExitCodes.Ok;
    }
}
