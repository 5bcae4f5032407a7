namespace Wye.Chat.Bodies;

/// <summary>A leading <c>/model NAME</c> line in the last user message.</summary>
/// <param name="Model">The name asked for.</param>
/// <param name="Cut">What to leave out upstream when the route honours it, in the raw body: the line with its break, or the whole part of the message that holds nothing else.</param>
public sealed record ModelDirective(string Model, ByteRange Cut);
