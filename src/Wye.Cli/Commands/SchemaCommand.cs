using System.CommandLine;
using Wye.Yaml;

namespace Wye.Cli.Commands;

/// <summary><c>wye schema</c>: the JSON Schema of <c>wye.yaml</c>, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create(CliContext context)
    {
        var command = new Command(
            "schema",
            "Print the JSON Schema of wye.yaml, for editors that check while one writes."
        );
        command.SetAction(_ =>
        {
            context.Terminal.Output.Write(ConfigSchema.Text());
            return ExitCodes.Ok;
        });
        return command;
    }
}
