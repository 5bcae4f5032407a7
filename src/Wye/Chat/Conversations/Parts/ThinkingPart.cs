namespace Wye.Chat.Conversations.Parts;

/// <summary>Visible reasoning of the model.</summary>
/// <param name="Text">The reasoning.</param>
/// <param name="Signature">What its provider proves it with when it is sent back; null = none.</param>
public sealed record ThinkingPart(string Text, string? Signature) : ConversationPart;
