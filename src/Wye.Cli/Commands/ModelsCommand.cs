using System.CommandLine;

namespace Wye.Cli.Commands;

internal static class ModelsCommand
{
    public static Command Create(CliContext context) => new("models");
}
