using Wye.Chat;

namespace Wye.Extensions.AI.Providers;

/// <summary>A failure, or a whole answer.</summary>
internal sealed class WholeExchange : ChatExchange
{
    public WholeExchange(ChatError error) => Error = error;

    public WholeExchange(ChatReply reply) => Reply = reply;
}
