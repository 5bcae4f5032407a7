using System.Text.Json;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Reads a tool call, as a model wrote it or a caller brings it back.</summary>
internal static class CallReader
{
    /// <summary>The call's id; null when it has none.</summary>
    public static string? Id(JsonElement call) => call.String("id"u8) is { Length: > 0 } id ? id : null;

    /// <summary>Its arguments as JSON text, or a piece of them; some servers send them as the object itself.</summary>
    public static string? Arguments(JsonElement function) =>
        function.Member("arguments"u8) is var arguments && arguments.IsObject()
            ? arguments.GetRawText()
            : arguments.String();
}
