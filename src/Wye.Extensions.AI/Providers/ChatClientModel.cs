using System.Buffers;
using Microsoft.Extensions.AI;
using Wye.Catalog;
using Wye.Chat;
using Wye.Dialects;
using Wye.Extensions.AI.OpenAi;
using Wye.Primitives;

namespace Wye.Extensions.AI.Providers;

/// <summary>A deployment whose model is an <see cref="IChatClient"/> of this process. Thread-safe, as the client is.</summary>
internal sealed class ChatClientModel(
    IChatClient client,
    Deployment deployment,
    IDialect dialect,
    TimeProvider time,
    Func<Exception, ChatError?>? classify
) : IChatModel
{
    /// <inheritdoc/>
    public ChatError? RefusalOf(ChatRequest request) =>
        dialect.CanWriteRequest(request, out var refused) ? null : refused;

    /// <inheritdoc/>
    public async ValueTask<ChatExchange> SendAsync(ChatCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!dialect.CanWriteRequest(call.Request, out var refused))
        {
            return new WholeExchange(refused);
        }

        // Through the dialect, so that a request of any wire format comes as one, lowered bounds and cut lines included.
        var body = new ArrayBufferWriter<byte>(call.Request.Body.Length + 128);
        dialect.WriteRequest(call, deployment.UpstreamName, body);
        var (messages, options) = RequestBodyReader.Read(body.WrittenMemory);
        var writer = new AnswerWriter($"chatcmpl-{call.RequestId}", deployment.UpstreamName, time.GetUtcNow());
        if (call.Request.Stream)
        {
            return new ChatClientExchange(client, messages, options, writer, dialect.CreateFrameReader(), ErrorOf);
        }

        try
        {
            var response = await client
                .GetResponseAsync(messages, options, cancellationToken)
                .WaitAsync(cancellationToken);
            return Answer(response, writer);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new WholeExchange(ErrorOf(exception));
        }
    }

    private WholeExchange Answer(ChatResponse response, AnswerWriter writer)
    {
        if (AnswerContents.ErrorIn(response.Messages.SelectMany(message => message.Contents)) is { } fault)
        {
            return new WholeExchange(ReportedErrors.Of(fault));
        }

        var body = writer.Whole(response);
        return dialect.TryReadReply(new OwnedBytes(body.WrittenMemory), body.WrittenCount, out var reply, out var error)
            ? new WholeExchange(reply)
            : new WholeExchange(error);
    }

    private ChatError ErrorOf(Exception exception) => classify?.Invoke(exception) ?? ExceptionErrors.Of(exception);
}
