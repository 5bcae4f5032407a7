using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Events;
using Wye.Dialects.Translation;

namespace Wye.Dialects;

/// <summary>Gets the canonical form of what another dialect wrote; where there is none, that is a fault of Wye itself.</summary>
internal static class DialectMismatch
{
    /// <summary>The conversation of a call that <see cref="IProviderDialect.CanWriteRequest"/> has let pass.</summary>
    public static ChatConversation ConversationOf(in ChatCall call, DialectId own)
    {
        if (!call.Request.TryReadConversation(out var conversation, out _))
        {
            throw Of(call.Request.Dialect, own);
        }

        if (call.Dropped is { } dropped)
        {
            foreach (var name in conversation.Unmapped)
            {
                dropped.Add(name);
            }
        }

        return call.CutDirective && call.Request.Directive is not null ? conversation.WithoutDirective() : conversation;
    }

    /// <summary>The answer in a reply; with the tokens that are billed, and never without an id and a model's name.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="own">The dialect it is written in.</param>
    /// <param name="unnamed">What the answer is called as far as the provider does not name it.</param>
    public static ChatAnswer AnswerOf(ChatReply reply, DialectId own, in AnswerFace unnamed)
    {
        var answer = reply.Answers?.Read(reply) ?? throw Of(reply.Dialect, own);
        var face = unnamed.Named(answer.Id, answer.Model);
        return answer with
        {
            Usage = UsageMerge.OrBilled(answer.Usage, reply.Counted),
            Id = face.Id,
            Model = face.Model,
        };
    }

    /// <summary>The reader of a frame's events.</summary>
    public static IChatEventReader EventsOf(in ChatFrame frame, DialectId own) =>
        frame.Events ?? throw Of(frame.Dialect, own);

    private static InvalidOperationException Of(DialectId given, DialectId own) =>
        new($"The '{own}' dialect was given bytes of the '{given}' dialect, and nothing to read them with.");
}
