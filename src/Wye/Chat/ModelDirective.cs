namespace Wye.Chat;

/// <summary>A leading <c>/model NAME</c> line in the last user message.</summary>
/// <param name="Model">The name asked for.</param>
/// <param name="Cut">The line with its break, in the raw body, to leave out upstream when the route honours it.</param>
public sealed record ModelDirective(string Model, ByteRange Cut);
