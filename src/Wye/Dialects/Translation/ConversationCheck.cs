using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;

namespace Wye.Dialects.Translation;

/// <summary>Finds what of a request of another dialect a dialect has no form for.</summary>
internal static class ConversationCheck
{
    /// <summary>Whether all of it can be written.</summary>
    /// <param name="request">The request.</param>
    /// <param name="unfit">What a part is that cannot be written, in words; null = it can. Parts of tool results are asked one by one.</param>
    /// <param name="isEmpty">Whether nothing of the messages would be written.</param>
    /// <param name="error">The refusal.</param>
    public static bool CanWrite(
        ChatRequest request,
        Func<ConversationPart, string?> unfit,
        Func<ImmutableArray<ConversationMessage>, bool> isEmpty,
        [NotNullWhen(false)] out ChatError? error
    )
    {
        if (!request.TryReadConversation(out var conversation, out error))
        {
            return false;
        }

        var draft = new Draft(request.Dialect, isOfTarget: true);
        foreach (var message in conversation.Messages)
        {
            Check(message.Parts, unfit, draft);
        }

        if (isEmpty(conversation.Messages))
        {
            draft.RefuseEmpty(request);
        }

        error = draft.Error;
        return error is null;
    }

    private static void Check(
        ImmutableArray<ConversationPart> parts,
        Func<ConversationPart, string?> unfit,
        Draft draft
    )
    {
        foreach (var part in parts)
        {
            if (part is ToolResultPart result)
            {
                Check(result.Content, unfit, draft);
            }
            else if (unfit(part) is { } what)
            {
                draft.Refuse(part.Path ?? "messages", what);
            }
        }
    }
}
