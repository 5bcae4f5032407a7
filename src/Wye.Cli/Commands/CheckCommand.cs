using System.CommandLine;

namespace Wye.Cli.Commands;

internal static class CheckCommand
{
    public static Command Create(CliContext context) => new("check");
}
