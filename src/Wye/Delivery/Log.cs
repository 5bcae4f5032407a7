using Microsoft.Extensions.Logging;
using Wye.Primitives;

namespace Wye.Delivery;

/// <summary>Events of delivery. Prompts, answers and messages of providers are never logged.</summary>
internal static partial class Log
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        EventName = "wye.delivery.model_threw",
        Message = "Deployment {Deployment} threw where a failure should be a value (request {Request})."
    )]
    public static partial void ModelThrew(
        this ILogger logger,
        DeploymentId deployment,
        RequestId request,
        Exception exception
    );

    [LoggerMessage(
        Level = LogLevel.Error,
        EventName = "wye.delivery.walk_threw",
        Message = "The walk of request {Request} broke off."
    )]
    public static partial void WalkThrew(this ILogger logger, RequestId request, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Error,
        EventName = "wye.delivery.sink_threw",
        Message = "The answer of request {Request} could not be written."
    )]
    public static partial void SinkThrew(this ILogger logger, RequestId request, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Error,
        EventName = "wye.delivery.ledger_unavailable",
        Message = "Request {Request} could not be settled; its answer is withheld."
    )]
    public static partial void LedgerUnavailable(this ILogger logger, RequestId request, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Error,
        EventName = "wye.delivery.gate_threw",
        Message = "Gate {Gate} threw on request {Request}; it counts as abstained."
    )]
    public static partial void GateThrew(this ILogger logger, GateId gate, RequestId request, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Error,
        EventName = "wye.delivery.observer_threw",
        Message = "An outcome observer threw on request {Request}."
    )]
    public static partial void ObserverThrew(this ILogger logger, RequestId request, Exception exception);
}
