using Wye.Chat;

namespace Wye.Providers;

/// <summary>A call that failed before there was an answer.</summary>
internal sealed class FailedExchange : ChatExchange
{
    /// <summary>An exchange that holds the failure.</summary>
    public FailedExchange(ChatError error) => Error = error;
}
