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
        var (fiveMinutes, hour) = (0L, 0L);
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
            else if (json.ValueTextEquals("cache_creation"u8))
            {
                (fiveMinutes, hour) = ReadCreation(ref json, ref absurd);
            }
            else if (json.ValueTextEquals("service_tier"u8))
            {
                usage = usage with { ServiceTier = JsonTier.ReadNext(ref json) };
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        // The parts by time to live, where they stand, add up to the whole; what they leave is kept for the usual time.
        var written = Math.Max(usage.CacheWriteTokens, fiveMinutes + hour);
        usage = usage with { CacheWriteTokens = written - hour, CacheWriteHourTokens = hour };

        // Zeros throughout stand for "not counted".
        return absurd || usage with { ServiceTier = default } == default ? null : usage;
    }

    private static (long FiveMinutes, long Hour) ReadCreation(ref Utf8JsonReader json, ref bool absurd)
    {
        var (five, hour) = (0L, 0L);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return default;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("ephemeral_5m_input_tokens"u8))
            {
                five = JsonCount.ReadNext(ref json, ref absurd) ?? 0;
            }
            else if (json.ValueTextEquals("ephemeral_1h_input_tokens"u8))
            {
                hour = JsonCount.ReadNext(ref json, ref absurd) ?? 0;
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        return (five, hour);
    }
}
