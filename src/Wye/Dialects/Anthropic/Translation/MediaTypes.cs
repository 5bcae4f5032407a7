using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Media types that this dialect takes by their bytes.</summary>
internal static class MediaTypes
{
    /// <summary>The one type of a document in base64.</summary>
    public const string Pdf = "application/pdf";

    /// <summary>The one type of a document in plain text.</summary>
    public const string Text = "text/plain";

    /// <summary>Whether an image may be of the type.</summary>
    public static bool IsImage(string? type) => type is "image/jpeg" or "image/png" or "image/gif" or "image/webp";

    /// <summary>A document's text; null when it is not plain text in UTF-8.</summary>
    public static string? TextOf(string? type, string base64)
    {
        if (type != Text || !Base64.IsValid(base64))
        {
            return null;
        }

        var bytes = Convert.FromBase64String(base64);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }
}
