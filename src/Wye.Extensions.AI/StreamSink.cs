using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Wye.Chat;
using Wye.Delivery;
using Wye.Dialects;
using Wye.Extensions.AI.OpenAi;

namespace Wye.Extensions.AI;

/// <summary>Hands a delivery's stream to whoever enumerates it; the delivery waits for a slow reader.</summary>
internal sealed class StreamSink(IDialect dialect, ChatRequest request) : IDeliverySink
{
    private readonly Channel<ChatResponseUpdate> _updates = Channel.CreateBounded<ChatResponseUpdate>(
        new BoundedChannelOptions(capacity: 8) { SingleReader = true, SingleWriter = true }
    );
    private readonly ChunkReader _chunks = new();
    private FramePayloads? _payloads;
    private string? _model;

    /// <summary>What to enumerate.</summary>
    public ChannelReader<ChatResponseUpdate> Updates => _updates.Reader;

    /// <summary>Nothing more comes.</summary>
    public void Complete() => _updates.Writer.TryComplete();

    /// <inheritdoc/>
    public ValueTask StartStreamAsync(DeliveryHead head, CancellationToken cancellationToken)
    {
        _model = head.Model?.Value;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask WriteFrameAsync(ChatFrame frame, CancellationToken cancellationToken)
    {
        if (frame.Dialect == dialect.Id)
        {
            await TakeAsync(frame.Data, cancellationToken);
            return;
        }

        _payloads ??= new FramePayloads(dialect.CreateFrameWriter(request));
        foreach (var payload in _payloads.Of(frame))
        {
            await TakeAsync(payload, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask EndStreamAsync(
        ChatFrame terminator,
        ChatError? error,
        Outcome outcome,
        CancellationToken cancellationToken
    )
    {
        if (error is null)
        {
            if (terminator.Dialect.Name is not null && terminator.Dialect != dialect.Id)
            {
                _payloads ??= new FramePayloads(dialect.CreateFrameWriter(request));
                foreach (var payload in _payloads.OfEnd(terminator))
                {
                    await TakeAsync(payload, cancellationToken);
                }
            }

            var last = _chunks.Next([.. _chunks.Calls()]);
            last.ModelId = outcome.Head.Model?.Value;
            last.AdditionalProperties = WyeProvenance.Of(outcome).AsProperties();
            await _updates.Writer.WriteAsync(last, cancellationToken);
        }

        Complete();
    }

    /// <inheritdoc/>
    public async ValueTask ReplyAsync(ChatReply reply, Outcome outcome, CancellationToken cancellationToken)
    {
        // A plan may end in a whole answer although a stream was asked.
        var whole = new WholeSink(dialect);
        await whole.ReplyAsync(reply, outcome, cancellationToken);
        foreach (var update in whole.Response!.ToChatResponseUpdates())
        {
            await _updates.Writer.WriteAsync(update, cancellationToken);
        }

        Complete();
    }

    /// <inheritdoc/>
    public ValueTask FailAsync(ChatError error, Outcome outcome, CancellationToken cancellationToken)
    {
        Complete();
        return ValueTask.CompletedTask;
    }

    private ValueTask TakeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (payload.IsEmpty || _chunks.Read(payload) is not { } update)
        {
            return ValueTask.CompletedTask;
        }

        update.ModelId = _model;
        return _updates.Writer.WriteAsync(update, cancellationToken);
    }
}
