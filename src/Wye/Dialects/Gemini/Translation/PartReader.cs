using System.Text.Json;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Gemini.Translation;

/// <summary>Reads single parts of an answer.</summary>
internal static class PartReader
{
    /// <summary>Parts of the first candidate.</summary>
    public static JsonElement.ArrayEnumerator Of(JsonElement body)
    {
        var candidates = body.Member("candidates"u8);
        var first =
            candidates.ValueKind == JsonValueKind.Array && candidates.GetArrayLength() > 0 ? candidates[0] : default;
        return first.Member("content"u8).Member("parts"u8).Items();
    }

    /// <summary>A call's id.</summary>
    public static string CallId(JsonElement call, string? answer, int index) =>
        CallIds.Of(call.String("id"u8), answer, index);

    /// <summary>A call's arguments as JSON.</summary>
    public static string Arguments(JsonElement call) =>
        call.Member("args"u8) is var args && args.IsObject() ? args.GetRawText() : "{}";
}
