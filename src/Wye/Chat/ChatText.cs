namespace Wye.Chat;

/// <summary>A piece of text in a message.</summary>
/// <param name="Role">Whose message it is.</param>
/// <param name="Message">Index of the message, from 0; system prompts outside the message list have −1.</param>
/// <param name="Utf8">The text, unescaped UTF-8.</param>
public readonly record struct ChatText(ChatRole Role, int Message, ReadOnlyMemory<byte> Utf8);
