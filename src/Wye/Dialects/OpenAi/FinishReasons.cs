using System.Text.Json;
using Wye.Chat;

namespace Wye.Dialects.OpenAi;

/// <summary>The finish reasons of this dialect.</summary>
internal static class FinishReasons
{
    /// <summary>Reads the reason the reader stands on; null gives <see cref="FinishReason.None"/>, a value of no known name <see cref="FinishReason.Other"/>.</summary>
    public static FinishReason Read(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return FinishReason.None;
        }

        if (json.TokenType != JsonTokenType.String)
        {
            json.Skip();
            return FinishReason.Other;
        }

        return json.ValueSpan.IsEmpty ? FinishReason.None
            : json.ValueTextEquals("stop"u8) ? FinishReason.Stop
            : json.ValueTextEquals("length"u8) ? FinishReason.Length
            : json.ValueTextEquals("tool_calls"u8) || json.ValueTextEquals("function_call"u8) ? FinishReason.ToolCalls
            : json.ValueTextEquals("content_filter"u8) ? FinishReason.ContentFilter
            : FinishReason.Other;
    }

    /// <summary>
    /// The reason for callers of another dialect: many servers, and OpenAI itself for a call that is demanded, end a call with
    /// <c>stop</c>, while others wait for their own word before they run a tool.
    /// </summary>
    public static FinishReason Told(FinishReason finish, bool hasCalls) =>
        hasCalls && finish is not (FinishReason.Length or FinishReason.ContentFilter) ? FinishReason.ToolCalls : finish;

    /// <summary>The name of a reason that came from another dialect.</summary>
    public static ReadOnlySpan<byte> NameOf(FinishReason finish) =>
        finish switch
        {
            FinishReason.Length => "length"u8,
            FinishReason.ToolCalls => "tool_calls"u8,
            FinishReason.ContentFilter => "content_filter"u8,
            _ => "stop"u8,
        };
}
