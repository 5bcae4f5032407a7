using Wye.Cli.Terminals;

namespace Wye.Cli;

/// <summary>What a command gets from outside: terminal, environment, clock and current folder.</summary>
internal sealed record CliContext
{
    /// <summary>Where it reads and writes.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>Environment variables; null = not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Folder that relative paths start from.</summary>
    public required string Folder { get; init; }

    /// <summary>The process's own.</summary>
    public static CliContext OfProcess() =>
        new()
        {
            Terminal = Terminal.OfProcess(),
            Environment = System.Environment.GetEnvironmentVariable,
            Time = TimeProvider.System,
            Folder = Directory.GetCurrentDirectory(),
        };

    /// <summary>A path as the user wrote it, made absolute.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Folder);
}
