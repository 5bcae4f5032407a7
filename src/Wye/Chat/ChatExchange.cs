namespace Wye.Chat;

/// <summary>What a model answered to one call: an error, a whole reply, or a stream. Disposing it cancels what still runs.</summary>
public abstract class ChatExchange : IAsyncDisposable
{
    /// <summary>The failure; null = <see cref="Reply"/> or frames are there.</summary>
    public ChatError? Error { get; protected init; }

    /// <summary>The whole answer; null = an error or a stream. Owned by the exchange.</summary>
    public ChatReply? Reply { get; protected init; }

    /// <summary>Names of what the request said and the target's dialect could not carry; empty = nothing.</summary>
    public IReadOnlyCollection<string> Dropped { get; init; } = [];

    /// <summary>
    /// The next frame of a stream. The last one has <see cref="ChatFrameKinds.End"/> or <see cref="ChatFrameKinds.Error"/>;
    /// a stream that breaks, stops without terminator or breaks its dialect ends in an error frame, never in silence.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public virtual ValueTask<ChatFrame> ReadFrameAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This exchange holds no stream.");

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        Reply?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
