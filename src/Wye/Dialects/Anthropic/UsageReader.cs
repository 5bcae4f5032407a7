using System.Text.Json;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.Anthropic;

/// <summary>
/// Reads a usage object. Its kinds do not overlap, so they are taken as they stand. Counts that cannot be are not trusted: the
/// whole is then null and gets estimated.
/// </summary>
internal static class UsageReader
{
    /// <summary>Reads the value the reader stands on and leaves the reader at its end. In a stream it may name output only.</summary>
    public static Usage? Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }

        var (usage, absurd) = (default(Usage), false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("input_tokens"u8))
            {
                usage = usage with { InputTokens = JsonCount.ReadNext(ref json, ref absurd) ?? 0 };
            }
            else if (json.ValueTextEquals("output_tokens"u8))
            {
                usage = usage with { OutputTokens = JsonCount.ReadNext(ref json, ref absurd) ?? 0 };
            }
            else if (json.ValueTextEquals("cache_read_input_tokens"u8))
            {
                usage = usage with { CacheReadTokens = JsonCount.ReadNext(ref json, ref absurd) ?? 0 };
            }
            else if (json.ValueTextEquals("cache_creation_input_tokens"u8))
            {
                usage = usage with { CacheWriteTokens = JsonCount.ReadNext(ref json, ref absurd) ?? 0 };
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        // Zeros throughout stand for "not counted".
        return absurd || usage == default ? null : usage;
    }
}
