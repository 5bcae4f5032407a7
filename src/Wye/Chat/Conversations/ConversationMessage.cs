using System.Collections.Immutable;
using Wye.Chat.Conversations.Parts;

namespace Wye.Chat.Conversations;

/// <summary>One message.</summary>
/// <param name="Role">Who speaks. Tool results stand in messages of the role <see cref="ChatRole.Tool"/>.</param>
/// <param name="Parts">Its parts, in order; may be empty.</param>
public sealed record ConversationMessage(ChatRole Role, ImmutableArray<ConversationPart> Parts);
