using System.Text.Json;
using Wye.Chat;

namespace Wye.Dialects.Gemini;

/// <summary>The finish reasons of this dialect.</summary>
internal static class FinishReasons
{
    /// <summary>Reads the reason the reader stands on; a value of no known name gives <see cref="FinishReason.Other"/>.</summary>
    public static FinishReason Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            var isNull = json.TokenType == JsonTokenType.Null;
            json.Skip();
            return isNull ? FinishReason.None : FinishReason.Other;
        }

        return json.GetString() switch
        {
            "" or "FINISH_REASON_UNSPECIFIED" => FinishReason.None,
            "STOP" => FinishReason.Stop,
            "MAX_TOKENS" => FinishReason.Length,
            "SAFETY"
            or "RECITATION"
            or "BLOCKLIST"
            or "PROHIBITED_CONTENT"
            or "SPII"
            or "LANGUAGE"
            or "MODEL_ARMOR"
            or "IMAGE_SAFETY"
            or "IMAGE_PROHIBITED_CONTENT"
            or "IMAGE_RECITATION" => FinishReason.ContentFilter,
            _ => FinishReason.Other,
        };
    }
}
