using System.Diagnostics;
using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Hosting.Telemetry;

/// <summary>The span of one upstream call.</summary>
internal static class CallSpan
{
    /// <summary>Starts the span under the request's and makes it current; null = it is not wanted.</summary>
    public static Activity? Start(Deployment deployment, in ChatCall call)
    {
        var operation = GenAi.Operation(call.Request.Dialect);
        var span = WyeActivitySource.Instance.StartActivity(
            $"{operation} {deployment.UpstreamName}",
            ActivityKind.Client
        );
        if (span is not { IsAllDataRequested: true })
        {
            return span;
        }

        span.SetTag(GenAi.OperationName, operation);
        span.SetTag(GenAi.ProviderName, GenAi.Provider(deployment.Provider.Id));
        span.SetTag(GenAi.RequestModel, deployment.UpstreamName);
        span.SetTag("wye.deployment", deployment.Id.Value);
        span.SetTag("wye.attempt", call.Attempt);
        if ((call.MaxOutputTokens ?? call.Request.MaxOutputTokens) is { } most)
        {
            span.SetTag(GenAi.RequestMaxTokens, most);
        }

        if (!deployment.Provider.IsInProcess)
        {
            span.SetTag(GenAi.ServerAddress, deployment.Provider.BaseUrl.Host);
            span.SetTag(GenAi.ServerPort, deployment.Provider.BaseUrl.Port);
        }

        return span;
    }

    /// <summary>What the answer says of itself.</summary>
    public static void Describe(Activity span, Deployment deployment, FinishReason finish, Usage? usage)
    {
        span.SetTag(GenAi.ResponseModel, deployment.UpstreamName);
        if (finish != FinishReason.None)
        {
            span.SetTag(GenAi.FinishReasons, GenAi.Finish(finish));
        }

        if (usage is not { } tokens)
        {
            return;
        }

        span.SetTag(GenAi.InputTokens, tokens.PromptTokens);
        span.SetTag(GenAi.OutputTokens, tokens.OutputTokens);
        if (tokens.CacheReadTokens > 0)
        {
            span.SetTag(GenAi.CacheReadTokens, tokens.CacheReadTokens);
        }

        if (tokens.CacheWriteTokens > 0)
        {
            span.SetTag(GenAi.CacheWriteTokens, tokens.CacheWriteTokens);
        }
    }

    /// <summary>The kind of a failure; never its message.</summary>
    public static void Fail(Activity span, FailureKind kind)
    {
        span.SetTag(GenAi.ErrorType, GenAi.Error(kind));
        span.SetStatus(ActivityStatusCode.Error);
    }
}
