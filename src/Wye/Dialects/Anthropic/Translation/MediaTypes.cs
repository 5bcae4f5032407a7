using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Wye.Chat.Conversations.Parts;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Media types that this dialect takes by their bytes.</summary>
internal static class MediaTypes
{
    /// <summary>The one type of a document in base64.</summary>
    public const string Pdf = "application/pdf";

    /// <summary>The one type of a document in plain text.</summary>
    public const string Text = "text/plain";

    /// <summary>What a part is whose bytes this dialect does not take; null = it does.</summary>
    public static string? Unfit(ConversationPart part) =>
        part switch
        {
            ImagePart
            {
                Base64: not null,
                MediaType: not ("image/jpeg" or "image/png" or "image/gif" or "image/webp")
            } image => $"an image of the type {image.MediaType}",
            DocumentPart { Base64: { } bytes, MediaType: not Pdf } document
                when TextOf(document.MediaType, bytes.Span) is null => $"a file of the type {document.MediaType}",
            _ => null,
        };

    /// <summary>A document's text; null when it is not plain text in UTF-8.</summary>
    public static string? TextOf(string? type, ReadOnlySpan<byte> base64)
    {
        if (type != Text || !Base64.IsValid(base64, out var length))
        {
            return null;
        }

        var bytes = new byte[length];
        return
            Base64.DecodeFromUtf8(base64, bytes, out _, out var written) == OperationStatus.Done
            && Utf8.IsValid(bytes.AsSpan(0, written))
            ? Encoding.UTF8.GetString(bytes, 0, written)
            : null;
    }
}
