namespace Wye.Cli;

/// <summary>Ends a command with a message for people and an exit code; never shown as a stack trace.</summary>
internal sealed class CliFailureException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
