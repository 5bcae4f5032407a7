using System.Text.Json;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi;

/// <summary>Reads a usage object. Counts that cannot be are not trusted: the whole is then null and gets estimated.</summary>
internal ref struct UsageReader
{
    /// <summary>Largest believable number of tokens of one call.</summary>
    public const long MostTokens = JsonCount.Most;

    private long? _prompt;
    private long? _completion;
    private long? _total;
    private long _cached;
    private long _reasoning;
    private bool _absurd;

    /// <summary>Reads the value the reader stands on and leaves the reader at its end.</summary>
    public static Usage? Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }

        var usage = new UsageReader();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            usage.ReadMember(ref json);
        }

        return usage.Result();
    }

    private void ReadMember(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("prompt_tokens"u8))
        {
            _prompt = ReadCount(ref json);
        }
        else if (json.ValueTextEquals("completion_tokens"u8))
        {
            _completion = ReadCount(ref json);
        }
        else if (json.ValueTextEquals("total_tokens"u8))
        {
            _total = ReadCount(ref json);
        }
        else if (json.ValueTextEquals("prompt_cache_hit_tokens"u8))
        {
            _cached = Math.Max(_cached, ReadCount(ref json) ?? 0);
        }
        else if (json.ValueTextEquals("prompt_tokens_details"u8) || json.ValueTextEquals("completion_tokens_details"u8))
        {
            ReadDetails(ref json);
        }
        else
        {
            json.Read();
            json.Skip();
        }
    }

    private void ReadDetails(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("cached_tokens"u8))
            {
                _cached = Math.Max(_cached, ReadCount(ref json) ?? 0);
            }
            else if (json.ValueTextEquals("reasoning_tokens"u8))
            {
                _reasoning = ReadCount(ref json) ?? 0;
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }
    }

    private long? ReadCount(ref Utf8JsonReader json) => JsonCount.ReadNext(ref json, ref _absurd);

    private readonly Usage? Result()
    {
        if (_absurd || _prompt is not { } prompt || _completion is not { } completion || _cached > prompt)
        {
            return null;
        }

        // No chat has an empty prompt: zeros stand for "not counted".
        if (prompt == 0 && completion == 0)
        {
            return null;
        }

        // Some providers count reasoning beside the completion; only the total tells. Output is billed with it.
        var apart = _reasoning > 0 && _total == prompt + completion + _reasoning;
        var output = apart ? completion + _reasoning : completion;
        return new Usage
        {
            InputTokens = prompt - _cached,
            CacheReadTokens = _cached,
            OutputTokens = output,
            ReasoningTokens = Math.Min(_reasoning, output),
        };
    }
}
