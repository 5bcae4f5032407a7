using System.Diagnostics.CodeAnalysis;
using System.Text;
using Wye.Chat.Conversations.Parts;

namespace Wye.Chat.Conversations;

/// <summary>Requests that Wye itself makes: no wire format stands behind them, every target's dialect writes them.</summary>
internal static class SynthesisedRequest
{
    /// <summary>No target speaks it, so each takes the conversation instead of the body.</summary>
    public static readonly DialectId Dialect = new("wye");

    /// <summary>A question of Wye's own: an order, and the data it is about. Temperature 0, never streamed.</summary>
    /// <param name="order">The system prompt.</param>
    /// <param name="data">The user turn.</param>
    /// <param name="maxOutputTokens">Output bound.</param>
    public static ChatRequest Question(string order, string data, int maxOutputTokens)
    {
        var conversation = new ChatConversation
        {
            Messages =
            [
                new ConversationMessage(ChatRole.System, [new TextPart(order)]),
                new ConversationMessage(ChatRole.User, [new TextPart(data)]),
            ],
            Temperature = 0,
        };
        return new ChatRequest
        {
            Dialect = Dialect,
            Body = default,
            Fields = [],
            RequestedModel = "",
            MaxOutputTokens = maxOutputTokens,
            MessageCount = conversation.Messages.Length,
            Texts =
            [
                new ChatText(ChatRole.System, 0, Encoding.UTF8.GetBytes(order)),
                new ChatText(ChatRole.User, 1, Encoding.UTF8.GetBytes(data)),
            ],
            Conversations = new Fixed(conversation),
        };
    }

    /// <summary>The caller's request with two more turns: an answer that was refused, and the demand for a better one.</summary>
    /// <returns>Null when the request cannot be carried over.</returns>
    public static ChatRequest? After(ChatRequest request, string refused, string demand)
    {
        if (!request.TryReadConversation(out var conversation, out _))
        {
            return null;
        }

        var longer = conversation with
        {
            Messages =
            [
                .. conversation.Messages,
                new ConversationMessage(ChatRole.Assistant, [new TextPart(refused)]),
                new ConversationMessage(ChatRole.User, [new TextPart(demand)]),
            ],
        };
        return new ChatRequest
        {
            Dialect = Dialect,
            Body = default,
            Fields = [],
            RequestedModel = request.RequestedModel,
            Stream = request.Stream,
            StreamUsage = request.StreamUsage,
            MaxOutputTokens = request.MaxOutputTokens,
            ReasoningBudget = request.ReasoningBudget,
            Features = request.Features & ~ChatFeatures.AssistantPrefill,
            MessageCount = longer.Messages.Length,
            ToolCount = request.ToolCount,
            Texts = request.Texts,
            User = request.User,
            Hints = request.Hints,
            Conversations = new Fixed(longer),
        };
    }

    private sealed class Fixed(ChatConversation conversation) : IConversationReader
    {
        public bool TryRead(
            ChatRequest request,
            [NotNullWhen(true)] out ChatConversation? read,
            [NotNullWhen(false)] out ChatError? error
        )
        {
            (read, error) = (conversation, null);
            return true;
        }
    }
}
