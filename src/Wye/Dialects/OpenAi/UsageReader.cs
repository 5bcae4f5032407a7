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
    private long _written;
    private long _audioIn;
    private long _imageIn;
    private long _audioOut;
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
        else if (json.ValueTextEquals("input_tokens"u8))
        {
            // The Responses API and its likes name the same counts otherwise.
            _prompt ??= ReadCount(ref json);
        }
        else if (json.ValueTextEquals("output_tokens"u8))
        {
            _completion ??= ReadCount(ref json);
        }
        else if (
            json.ValueTextEquals("prompt_cache_hit_tokens"u8)
            || json.ValueTextEquals("cache_read_input_tokens"u8)
            || json.ValueTextEquals("cached_tokens"u8)
        )
        {
            _cached = Math.Max(_cached, ReadCount(ref json) ?? 0);
        }
        else if (json.ValueTextEquals("cache_creation_input_tokens"u8))
        {
            _written = Math.Max(_written, ReadCount(ref json) ?? 0);
        }
        else if (json.ValueTextEquals("reasoning_tokens"u8))
        {
            _reasoning = Math.Max(_reasoning, ReadCount(ref json) ?? 0);
        }
        else if (json.ValueTextEquals("prompt_tokens_details"u8) || json.ValueTextEquals("input_tokens_details"u8))
        {
            ReadDetails(ref json, ofPrompt: true);
        }
        else if (json.ValueTextEquals("completion_tokens_details"u8) || json.ValueTextEquals("output_tokens_details"u8))
        {
            ReadDetails(ref json, ofPrompt: false);
        }
        else
        {
            json.Read();
            json.Skip();
        }
    }

    private void ReadDetails(ref Utf8JsonReader json, bool ofPrompt)
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
            else if (json.ValueTextEquals("cache_write_tokens"u8) || json.ValueTextEquals("cache_creation_tokens"u8))
            {
                _written = Math.Max(_written, ReadCount(ref json) ?? 0);
            }
            else if (json.ValueTextEquals("reasoning_tokens"u8))
            {
                _reasoning = Math.Max(_reasoning, ReadCount(ref json) ?? 0);
            }
            else if (json.ValueTextEquals("audio_tokens"u8))
            {
                var audio = ReadCount(ref json) ?? 0;
                (_audioIn, _audioOut) = ofPrompt ? (audio, _audioOut) : (_audioIn, audio);
            }
            else if (ofPrompt && json.ValueTextEquals("image_tokens"u8))
            {
                _imageIn = ReadCount(ref json) ?? 0;
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
        if (_absurd || _prompt is not { } prompt || _completion is not { } completion)
        {
            return null;
        }

        // No chat has an empty prompt: zeros stand for "not counted". A part is never larger than the whole.
        if ((prompt == 0 && completion == 0) || _cached + _written > prompt)
        {
            return null;
        }

        // Some providers count reasoning beside the completion; only the total tells. Output is billed with it. One gives the
        // total alone (Gemini): what it has beyond its parts was thought.
        var hidden = _reasoning > 0 ? _reasoning : Math.Max(0, (_total ?? 0) - prompt - completion);
        var output = _total == prompt + completion + hidden ? completion + hidden : completion;

        // Cached tokens may be of sound or images too; they are billed as cached.
        var fresh = prompt - _cached - _written;
        var audio = Math.Min(_audioIn, fresh);
        var image = Math.Min(_imageIn, fresh - audio);
        var reasoning = Math.Min(hidden, output);
        return new Usage
        {
            InputTokens = fresh - audio - image,
            CacheReadTokens = _cached,
            CacheWriteTokens = _written,
            AudioInputTokens = audio,
            ImageInputTokens = image,
            OutputTokens = output,
            ReasoningTokens = reasoning,
            AudioOutputTokens = Math.Min(_audioOut, output - reasoning),
        };
    }
}
