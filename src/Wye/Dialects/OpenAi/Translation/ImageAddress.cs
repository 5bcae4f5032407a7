using System.Text;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>An image as OpenAI's callers name it: where it lies, or an address that holds its bytes.</summary>
internal static class ImageAddress
{
    /// <summary>The image; anything else is refused.</summary>
    public static ConversationPart Read(ReadOnlyMemory<byte> url, string path, Draft draft) =>
        TextUrl.TryRead(url, out var type, out var base64)
            ? new ImagePart
            {
                MediaType = type,
                Base64 = base64,
                Path = path,
            }
        : TextUrl.IsHttp(url.Span) ? new ImagePart { Url = Encoding.UTF8.GetString(url.Span), Path = path }
        : draft.RefusePart(path, "neither http(s) nor base64");
}
