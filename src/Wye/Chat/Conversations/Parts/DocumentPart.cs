namespace Wye.Chat.Conversations.Parts;

/// <summary>A document: its address, its bytes or its plain text; exactly one is there.</summary>
public sealed record DocumentPart : ConversationPart
{
    /// <summary>An http or https address; null = not by address.</summary>
    public string? Url { get; init; }

    /// <summary>The bytes in base64, as UTF-8; null = not by bytes. Valid as long as the request it stands in.</summary>
    public ReadOnlyMemory<byte>? Base64 { get; init; }

    /// <summary>Plain text; null = not by text.</summary>
    public string? Text { get; init; }

    /// <summary>Media type of the bytes, e.g. <c>application/pdf</c>; null = no bytes.</summary>
    public string? MediaType { get; init; }

    /// <summary>Title or file name; null = none.</summary>
    public string? Title { get; init; }
}
