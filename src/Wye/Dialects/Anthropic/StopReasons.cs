using System.Text.Json;
using Wye.Chat;

namespace Wye.Dialects.Anthropic;

/// <summary>The stop reasons of this dialect.</summary>
internal static class StopReasons
{
    /// <summary>Reads the reason the reader stands on; null gives <see cref="FinishReason.None"/>, an unknown name <see cref="FinishReason.Other"/>.</summary>
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

        return json.ValueTextEquals("end_turn"u8) || json.ValueTextEquals("stop_sequence"u8) ? FinishReason.Stop
            : json.ValueTextEquals("tool_use"u8) ? FinishReason.ToolCalls
            : json.ValueTextEquals("max_tokens"u8) || json.ValueTextEquals("model_context_window_exceeded"u8)
                ? FinishReason.Length
            : json.ValueTextEquals("refusal"u8) ? FinishReason.ContentFilter
            : FinishReason.Other;
    }

    /// <summary>The name of a reason that came from another dialect.</summary>
    public static ReadOnlySpan<byte> NameOf(FinishReason finish, string? stopSequence) =>
        finish switch
        {
            FinishReason.Length => "max_tokens"u8,
            FinishReason.ToolCalls => "tool_use"u8,
            FinishReason.ContentFilter => "refusal"u8,
            _ => stopSequence is null ? "end_turn"u8 : "stop_sequence"u8,
        };
}
