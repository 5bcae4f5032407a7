using Wye.Chat;

namespace Wye.Providers;

/// <summary>Stands for a deployment that cannot be called; every call fails with the reason.</summary>
internal sealed class UnreachableChatModel(ChatError error) : IChatModel
{
    /// <inheritdoc/>
    public ValueTask<ChatExchange> SendAsync(ChatCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ChatExchange>(new FailedExchange(error));
    }
}
