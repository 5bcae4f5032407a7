using Wye.Catalog;
using Wye.Chat;

namespace Wye.Hosting.Telemetry;

/// <summary>Puts a span around the calls of a model. Used only while somebody listens.</summary>
internal sealed class TracedChatModel(IChatModel model, Deployment deployment) : IChatModel
{
    /// <inheritdoc/>
    public ChatError? RefusalOf(ChatRequest request) => model.RefusalOf(request);

    /// <inheritdoc/>
    public async ValueTask<ChatExchange> SendAsync(ChatCall call, CancellationToken cancellationToken)
    {
        if (CallSpan.Start(deployment, call) is not { } span)
        {
            return await model.SendAsync(call, cancellationToken);
        }

        try
        {
            var exchange = await model.SendAsync(call, cancellationToken);
            if (exchange.Error is { } error)
            {
                CallSpan.Fail(span, error.Kind);
            }
            else if (exchange.Reply is { } reply)
            {
                CallSpan.Describe(span, deployment, reply.Finish, reply.Usage);
            }
            else
            {
                var traced = new TracedExchange(exchange, span, deployment);
                span = null;
                return traced;
            }

            return exchange;
        }
        catch (Exception exception)
        {
            // Its message may quote what was sent; its type cannot.
            span?.SetTag(GenAi.ErrorType, exception.GetType().FullName);
            span?.SetStatus(System.Diagnostics.ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            span?.Dispose();
        }
    }
}
