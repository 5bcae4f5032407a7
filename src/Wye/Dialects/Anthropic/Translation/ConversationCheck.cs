using System.Collections.Immutable;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Finds what of a conversation this dialect has no form for.</summary>
internal static class ConversationCheck
{
    /// <summary>The refusal; null = all of it can be written.</summary>
    public static ChatError? RefusalOf(ChatRequest request, ChatConversation conversation)
    {
        var draft = new Draft();
        foreach (var message in conversation.Messages)
        {
            Check(message.Parts, draft);
        }

        if (MessageWriter.IsEmpty(conversation.Messages))
        {
            draft.RefuseEmpty(request);
        }

        return draft.Error;
    }

    private static void Check(ImmutableArray<ConversationPart> parts, Draft draft)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case ImagePart { Base64: not null } image when !MediaTypes.IsImage(image.MediaType):
                    draft.Refuse(part.Path ?? "messages", $"an image of the type {image.MediaType}");
                    break;
                case DocumentPart { Base64: { } bytes } document
                    when document.MediaType != MediaTypes.Pdf && MediaTypes.TextOf(document.MediaType, bytes) is null:
                    draft.Refuse(part.Path ?? "messages", $"a file of the type {document.MediaType}");
                    break;
                case ToolResultPart result:
                    Check(result.Content, draft);
                    break;
            }
        }
    }
}
