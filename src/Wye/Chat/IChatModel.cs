namespace Wye.Chat;

/// <summary>One callable model: a deployment behind a provider, or any model in this process. Thread-safe.</summary>
public interface IChatModel
{
    /// <summary>Why a request cannot be sent, where that is known without a call; null = it can be tried.</summary>
    ChatError? RefusalOf(ChatRequest request) => null;

    /// <summary>
    /// Sends one call and returns when the response head (stream) or the whole body (no stream) is there. Failures of the
    /// provider are values in the exchange; nothing is retried here.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled: by a timeout or because the caller left.</exception>
    ValueTask<ChatExchange> SendAsync(ChatCall call, CancellationToken cancellationToken);
}
