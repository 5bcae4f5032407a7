using Microsoft.Extensions.AI;
using Wye.Chat;
using Wye.Dialects;
using Wye.Extensions.AI.OpenAi;

namespace Wye.Extensions.AI.Providers;

/// <summary>A stream of updates as frames. Used by one flow; disposing it cancels the client.</summary>
internal sealed class ChatClientExchange : ChatExchange
{
    private static readonly ReadOnlyMemory<byte> Done = "[DONE]"u8.ToArray();

    private readonly CancellationTokenSource _stop = new();
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private readonly AnswerWriter _writer;
    private readonly IFrameReader _reader;
    private readonly Func<Exception, ChatError> _errorOf;
    private readonly UsageDetails _usage = new();
    private Task<bool>? _pending;
    private bool _hasUsage;
    private bool _finished;
    private Stage _stage = Stage.Updates;

    public ChatClientExchange(
        IChatClient client,
        List<ChatMessage> messages,
        ChatOptions options,
        AnswerWriter writer,
        IFrameReader reader,
        Func<Exception, ChatError> errorOf
    )
    {
        _writer = writer;
        _reader = reader;
        _errorOf = errorOf;
        _updates = client.GetStreamingResponseAsync(messages, options, _stop.Token).GetAsyncEnumerator(_stop.Token);
    }

    private enum Stage
    {
        Updates,
        Finish,
        Usage,
        End,
    }

    /// <inheritdoc/>
    public override async ValueTask<ChatFrame> ReadFrameAsync(CancellationToken cancellationToken)
    {
        while (_stage == Stage.Updates)
        {
            ChatResponseUpdate? update;
            try
            {
                update = await NextAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                return Failed(_errorOf(exception));
            }

            if (update is null)
            {
                _stage = Stage.Finish;
            }
            else if (AnswerContents.ErrorIn(update.Contents) is { } fault)
            {
                return Failed(ReportedErrors.Of(fault));
            }
            else if (Chunk(update) is { } chunk)
            {
                return _reader.Read(eventName: null, chunk);
            }
        }

        return _reader.Read(eventName: null, Closing());
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_pending is { IsCompleted: false } pending)
        {
            // A client that does not hear of its cancellation must not hold the request: it is closed when it comes back.
            _ = CloseLaterAsync(pending);
            return;
        }

        await CloseAsync();
        await base.DisposeAsync();
    }

    private async Task<ChatResponseUpdate?> NextAsync(CancellationToken cancellationToken)
    {
        _pending = _updates.MoveNextAsync().AsTask();
        var more = await _pending.WaitAsync(cancellationToken);
        return more ? _updates.Current : null;
    }

    private ReadOnlyMemory<byte>? Chunk(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            if (content is UsageContent usage)
            {
                _usage.Add(usage.Details);
                _hasUsage = true;
            }
        }

        _finished |= update.FinishReason is not null;
        return _writer.Chunk(update)?.WrittenMemory;
    }

    /// <summary>What a client need not say and the wire must: a finish reason, the usage, the terminator.</summary>
    private ReadOnlyMemory<byte> Closing()
    {
        if (_stage == Stage.Finish)
        {
            _stage = Stage.Usage;
            if (!_finished)
            {
                return _writer.FinishChunk().WrittenMemory;
            }
        }

        if (_stage == Stage.Usage)
        {
            _stage = Stage.End;
            if (_hasUsage)
            {
                return _writer.UsageChunk(_usage).WrittenMemory;
            }
        }

        return Done;
    }

    private async Task CloseLaterAsync(Task pending)
    {
        await pending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await CloseAsync();
    }

    private async Task CloseAsync()
    {
        try
        {
            await _updates.DisposeAsync();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The answer is settled; how the client ends is its own affair.
        }
        finally
        {
            _stop.Dispose();
        }
    }

    private static ChatFrame Failed(ChatError error) =>
        new()
        {
            Dialect = DialectId.OpenAi,
            Kinds = ChatFrameKinds.Error,
            Error = error,
        };
}
