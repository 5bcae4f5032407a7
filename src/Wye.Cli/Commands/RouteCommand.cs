using System.CommandLine;

namespace Wye.Cli.Commands;

internal static class RouteCommand
{
    public static Command Create(CliContext context) => new("route");
}
