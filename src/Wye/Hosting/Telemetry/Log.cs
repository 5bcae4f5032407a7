using Microsoft.Extensions.Logging;
using Wye.Primitives;

namespace Wye.Hosting.Telemetry;

/// <summary>Events of whole requests. No prompt, answer, key or message of a provider.</summary>
internal static partial class Log
{
    [LoggerMessage(
        Level = LogLevel.Information,
        EventName = "wye.request",
        Message = "{RequestId} {Route} → {Model} {Status} {Result} {CostUsd} USD {Milliseconds} ms {Attempts} calls"
    )]
    public static partial void RequestEnded(
        this ILogger logger,
        RequestId requestId,
        string route,
        string model,
        int status,
        string result,
        decimal costUsd,
        double milliseconds,
        int attempts
    );
}
