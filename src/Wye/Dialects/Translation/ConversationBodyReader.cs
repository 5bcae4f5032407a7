using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;

namespace Wye.Dialects.Translation;

/// <summary>What is the same in reading every dialect's body into the canonical form. Stateless, thread-safe.</summary>
internal abstract class ConversationBodyReader : IConversationReader
{
    /// <inheritdoc/>
    public bool TryRead(
        ChatRequest request,
        [NotNullWhen(true)] out ChatConversation? conversation,
        [NotNullWhen(false)] out ChatError? error
    )
    {
        using var document = Json.Parse(request.Body);
        var draft = new Draft(request.Dialect) { Body = request.Body };
        var read = Read(request, document.RootElement, draft);
        draft.CheckDemand(read);
        error = draft.Error;
        conversation = error is null ? read with { User = request.User, Unmapped = draft.Dropped } : null;
        return error is null;
    }

    /// <summary>Reads what the body holds; what cannot be carried goes to <paramref name="draft"/>.</summary>
    protected abstract ChatConversation Read(ChatRequest request, JsonElement body, Draft draft);
}
