using System.Text.Json;
using Wye.Primitives;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Writes the members of a usage object.</summary>
internal static class UsageWriter
{
    /// <summary>Writes them into the open object.</summary>
    public static void Write(Utf8JsonWriter json, in Usage usage)
    {
        json.WriteNumber("input_tokens"u8, usage.InputTokens + usage.AudioInputTokens + usage.ImageInputTokens);
        json.WriteNumber("cache_creation_input_tokens"u8, usage.CacheWriteTokens + usage.CacheWriteHourTokens);
        json.WriteNumber("cache_read_input_tokens"u8, usage.CacheReadTokens);
        json.WriteNumber("output_tokens"u8, usage.OutputTokens);
    }
}
