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

    [LoggerMessage(
        Level = LogLevel.Warning,
        EventName = "wye.budget.soft_limit_passed",
        Message = "More was spent from soft budget {Budget} than its {LimitUsd} USD, in the {Window} that began {Start}. Calls go on; make it hard to stop them."
    )]
    public static partial void SoftLimitPassed(
        this ILogger logger,
        string budget,
        decimal limitUsd,
        string window,
        string start
    );

    [LoggerMessage(
        Level = LogLevel.Warning,
        EventName = "wye.cascade.costs_more",
        Message = "The cascade of route {Route} costs {Ratio:0.00} times what going strong at once would: {Escalated:P0} are escalated, it pays below {BreakEven:P0}. Loosen its gate, or use another policy."
    )]
    public static partial void CascadeCostsMore(
        this ILogger logger,
        RouteName route,
        double ratio,
        double escalated,
        double breakEven
    );

    [LoggerMessage(
        Level = LogLevel.Warning,
        EventName = "wye.feedback.unread",
        Message = "Judgements of earlier answers cannot be read, so the learned router decides without them: {Reason}"
    )]
    public static partial void JudgementsUnread(this ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        EventName = "wye.feedback.unkept",
        Message = "A judgement was not kept, and whoever judged was told: {Reason}"
    )]
    public static partial void JudgementUnkept(this ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Information,
        EventName = "wye.feedback.read",
        Message = "{Judgements} judgements of earlier answers were read; those made under another router or profile correct nothing."
    )]
    public static partial void JudgementsRead(this ILogger logger, long judgements);
}
