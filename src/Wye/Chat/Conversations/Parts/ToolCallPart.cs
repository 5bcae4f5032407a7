namespace Wye.Chat.Conversations.Parts;

/// <summary>A call of a tool by the model.</summary>
/// <param name="Id">Ties the result to the call.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">Arguments as the model wrote them: meant to be a JSON object, but not checked; may be empty.</param>
public sealed record ToolCallPart(string Id, string Name, string Arguments) : ConversationPart;
