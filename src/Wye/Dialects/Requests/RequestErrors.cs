using System.Text.Json;
using System.Text.Unicode;
using Wye.Chat;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.Requests;

/// <summary>What is wrong with a body before or while it is read as JSON.</summary>
internal static class RequestErrors
{
    /// <summary>The error of bytes that cannot be a body, whatever they say; null = they can.</summary>
    public static ChatError? OfBytes(ReadOnlySpan<byte> body, string needs)
    {
        if (body.IsEmpty)
        {
            return Json($"The body is empty. Send a JSON object with {needs}.");
        }

        if (body.StartsWith("\uFEFF"u8))
        {
            return Json("The body starts with a byte order mark. Send plain UTF-8.");
        }

        if (!Utf8.IsValid(body))
        {
            return new ChatError(FailureKind.BadRequest, "The body is not valid UTF-8. Send JSON in UTF-8.")
            {
                Code = "invalid_utf8",
            };
        }

        return null;
    }

    /// <summary>The error of a body whose escapes are no text; null = none.</summary>
    public static ChatError? OfEscapes(ReadOnlySpan<byte> body) =>
        JsonEscapes.HasLoneSurrogate(body)
            ? new ChatError(
                FailureKind.BadRequest,
                "The body has half of a surrogate pair (an escape from \\uD800 to \\uDFFF without its other half). Send whole characters."
            )
            {
                Code = "invalid_unicode",
            }
            : null;

    /// <summary>The error of a body that is not JSON.</summary>
    public static ChatError Syntax(ReadOnlySpan<byte> body)
    {
        var at = (int)Math.Min(ReadableBytes(body), body.Length);
        var line = body[..at].Count((byte)'\n') + 1;
        var column = at - (body[..at].LastIndexOf((byte)'\n') + 1) + 1;
        return Json(
            $"The body is not valid JSON near line {line}, byte {column}. Comments, NaN, trailing commas and text behind the object are not allowed."
        );
    }

    // The scan's own reader does not say where it stopped; a body that is refused may be read again.
    private static long ReadableBytes(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = BodyScan.MaxDepth });
        try
        {
            while (json.Read()) { }
        }
        catch (JsonException)
        {
            return json.BytesConsumed;
        }

        return json.BytesConsumed;
    }

    private static ChatError Json(string message) => new(FailureKind.BadRequest, message) { Code = "invalid_json" };
}
