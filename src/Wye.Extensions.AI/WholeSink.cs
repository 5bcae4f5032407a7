using System.Buffers;
using Microsoft.Extensions.AI;
using Wye.Chat;
using Wye.Delivery;
using Wye.Dialects;
using Wye.Extensions.AI.OpenAi;

namespace Wye.Extensions.AI;

/// <summary>Takes a whole answer out of a delivery.</summary>
internal sealed class WholeSink(IDialect dialect) : IDeliverySink
{
    /// <summary>The answer; null = it failed.</summary>
    public ChatResponse? Response { get; private set; }

    /// <inheritdoc/>
    public ValueTask ReplyAsync(ChatReply reply, Outcome outcome, CancellationToken cancellationToken)
    {
        var body = reply.Body;
        if (reply.Dialect != dialect.Id)
        {
            var translated = new ArrayBufferWriter<byte>(reply.Body.Length);
            dialect.WriteReply(reply, translated);
            body = translated.WrittenMemory;
        }

        Response = AnswerReader.Read(body);
        Response.ModelId = outcome.Head.Model?.Value;
        Response.AdditionalProperties = WyeProvenance.Of(outcome).AsProperties();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FailAsync(ChatError error, Outcome outcome, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask StartStreamAsync(DeliveryHead head, CancellationToken cancellationToken) => throw NoStream();

    /// <inheritdoc/>
    public ValueTask WriteFrameAsync(ChatFrame frame, CancellationToken cancellationToken) => throw NoStream();

    /// <inheritdoc/>
    public ValueTask EndStreamAsync(
        ChatFrame terminator,
        ChatError? error,
        Outcome outcome,
        CancellationToken cancellationToken
    ) => throw NoStream();

    private static InvalidOperationException NoStream() => new("No stream was asked for.");
}
