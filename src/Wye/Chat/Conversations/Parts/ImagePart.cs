namespace Wye.Chat.Conversations.Parts;

/// <summary>An image: either its address or its bytes.</summary>
public sealed record ImagePart : ConversationPart
{
    /// <summary>An http or https address; null = <see cref="Base64"/> is there.</summary>
    public string? Url { get; init; }

    /// <summary>The bytes in base64, as UTF-8; null = <see cref="Url"/> is there. Valid as long as the request it stands in.</summary>
    public ReadOnlyMemory<byte>? Base64 { get; init; }

    /// <summary>Media type of the bytes, e.g. <c>image/png</c>; null = an address.</summary>
    public string? MediaType { get; init; }
}
