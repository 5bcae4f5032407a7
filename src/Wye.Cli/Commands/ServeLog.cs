using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Wye.Cli.Commands;

/// <summary>The log of <c>wye serve</c>: text for people, JSON for programs; on standard error, apart from what the command says.</summary>
internal static class ServeLog
{
    private const string Stamp = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    /// <summary>The log of that form; null or empty = none.</summary>
    /// <exception cref="CliFailureException">There is no such form.</exception>
    public static Action<ILoggingBuilder>? Of(string? form) =>
        form switch
        {
            null or "" or "none" => null,
            "text" => Text,
            "json" => Json,
            _ => throw new CliFailureException($"WYE_LOG takes text, json or none, not '{form}'."),
        };

    private static void Text(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = Stamp;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        ToStandardError(logging);
    }

    private static void Json(ILoggingBuilder logging)
    {
        logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = Stamp.TrimEnd();
        });
        ToStandardError(logging);
    }

    private static void ToStandardError(ILoggingBuilder logging) =>
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace
        );
}
