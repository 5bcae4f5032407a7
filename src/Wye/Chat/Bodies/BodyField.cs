namespace Wye.Chat.Bodies;

/// <summary>One top-level member of a request's JSON body, so that a dialect can splice it.</summary>
/// <param name="Name">The member name with its quotes, as it stands in the body.</param>
/// <param name="Value">The value, as it stands in the body.</param>
public readonly record struct BodyField(ByteRange Name, ByteRange Value);
