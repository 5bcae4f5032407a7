using Microsoft.Extensions.Logging;

namespace Wye.Gateway.Telemetry;

/// <summary>Events of the gateway. No body, header, query or key.</summary>
internal static partial class Log
{
    [LoggerMessage(
        Level = LogLevel.Error,
        EventName = "wye.gateway.endpoint_threw",
        Message = "{Method} at {Endpoint} threw {Fault}."
    )]
    public static partial void EndpointThrew(this ILogger logger, string method, string endpoint, string fault);
}
