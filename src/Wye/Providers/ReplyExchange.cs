using Wye.Chat;

namespace Wye.Providers;

/// <summary>A whole answer.</summary>
internal sealed class ReplyExchange : ChatExchange
{
    /// <summary>An exchange that owns the answer.</summary>
    public ReplyExchange(ChatReply reply) => Reply = reply;
}
