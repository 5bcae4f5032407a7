using System.CommandLine;

namespace Wye.Cli.Commands;

internal static class InitCommand
{
    public static Command Create(CliContext context) => new("init");
}
