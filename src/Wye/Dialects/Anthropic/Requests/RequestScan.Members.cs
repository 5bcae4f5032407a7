using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Requests;

namespace Wye.Dialects.Anthropic.Requests;

internal ref partial struct RequestScan
{
    /// <inheritdoc/>
    public bool ScanValue(int key) =>
        (RequestKey)key switch
        {
            RequestKey.Model => _scan.Model(out _model),
            RequestKey.Messages => ScanMessages(),
            RequestKey.System => ScanSystem(),
            RequestKey.MaxTokens => _scan.Count("max_tokens", 1, int.MaxValue, out _maxTokens),
            RequestKey.Metadata => ScanMetadata(),
            RequestKey.StopSequences => ScanStops(),
            RequestKey.Stream => _scan.Flag("stream", out _stream),
            RequestKey.Temperature => _scan.Number("temperature", 0, 1),
            RequestKey.TopP => _scan.Number("top_p", 0, 1),
            RequestKey.TopK => _scan.Count("top_k", 0, int.MaxValue, out _),
            RequestKey.Tools => ScanTools(),
            RequestKey.ToolChoice => ScanToolChoice(),
            RequestKey.Thinking => ScanThinking(),
            RequestKey.OutputConfig => ScanOutputConfig(),
            RequestKey.OutputFormat => ScanFormat("output_format"),
            RequestKey.Thread => ScanThread(),
            _ => _scan.Skip(),
        };

    private bool ScanSystem()
    {
        const string Expected = "a string or an array of text blocks";
        switch (_scan.Json.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.String:
                _hasSystem = true;
                _scan.AddText(ChatRole.System, -1);
                return true;
            case JsonTokenType.StartArray:
                _hasSystem = true;
                return ScanSystemBlocks(Expected);
            default:
                return _scan.FailType("system", Expected);
        }
    }

    private bool ScanSystemBlocks(string expected)
    {
        for (var index = 0; _scan.Json.Read() && _scan.Json.TokenType != JsonTokenType.EndArray; index++)
        {
            if (_scan.Json.TokenType != JsonTokenType.StartObject)
            {
                return _scan.FailType("system", expected);
            }

            var hasText = false;
            while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
            {
                var isText = _scan.Json.ValueTextEquals("text"u8);
                _scan.Json.Read();
                if (isText && _scan.Json.TokenType == JsonTokenType.String && !hasText)
                {
                    hasText = true;
                    _scan.AddText(ChatRole.System, -1);
                }
                else if (isText)
                {
                    return _scan.FailType($"system[{index}].text", "one string");
                }
                else if (!_scan.Skip())
                {
                    return false;
                }
            }

            if (!hasText)
            {
                return _scan.FailType($"system[{index}].text", "one string");
            }
        }

        return true;
    }

    private bool ScanMetadata()
    {
        if (_scan.Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_scan.Json.TokenType != JsonTokenType.StartObject)
        {
            return _scan.FailType("metadata", "an object such as {\"user_id\": \"…\"}");
        }

        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            var isUser = _scan.Json.ValueTextEquals("user_id"u8);
            _scan.Json.Read();
            if (isUser ? !_scan.User("metadata.user_id", out _user) : !_scan.Skip())
            {
                return false;
            }
        }

        return true;
    }

    private bool ScanStops()
    {
        if (_scan.Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        var expected = $"an array of at most {RequestLimits.Stops} strings";
        if (_scan.Json.TokenType != JsonTokenType.StartArray)
        {
            return _scan.FailType("stop_sequences", expected);
        }

        var count = 0;
        while (_scan.Json.Read() && _scan.Json.TokenType != JsonTokenType.EndArray)
        {
            if (_scan.Json.TokenType != JsonTokenType.String || ++count > RequestLimits.Stops)
            {
                return _scan.FailType("stop_sequences", expected);
            }
        }

        return true;
    }

    private bool ScanTools()
    {
        var read = _scan.Objects("tools", ref _toolCount);
        _features |= _toolCount > 0 ? ChatFeatures.Tools : ChatFeatures.None;
        return read;
    }

    private bool ScanToolChoice() =>
        ScanTyped("tool_choice", "an object such as {\"type\": \"auto\"}", out var type)
        && (type is not ("any" or "tool") || Add(ChatFeatures.ToolRequired));

    // "adaptive" leaves it to the model whether it reasons, so it is no demand.
    private bool ScanThinking()
    {
        const string expected = "an object such as {\"type\": \"enabled\", \"budget_tokens\": 2048}";
        if (!ScanTyped("thinking", expected, out var type, out var budget))
        {
            return false;
        }

        if (type is "enabled")
        {
            _reasoningBudget = budget;
            _features |= ChatFeatures.Reasoning;
        }

        return true;
    }

    // The turns before would be known to one account of one provider: another target would answer without them, and nobody
    // here could count or price them.
    private bool ScanThread() =>
        _scan.Json.TokenType == JsonTokenType.Null
        || _scan.Fail(
            ChatErrorCodes.ThreadUnsupported,
            "thread",
            "'thread' is not offered here: each request may be answered by another provider, which has not seen the turns before. Send all messages, without 'thread'."
        );

    private bool ScanFormat(string param) =>
        ScanTyped(param, "an object such as {\"type\": \"json_schema\", \"schema\": {…}}", out var type)
        && (type is not "json_schema" || Add(ChatFeatures.JsonSchema));

    private bool ScanOutputConfig()
    {
        if (_scan.Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_scan.Json.TokenType != JsonTokenType.StartObject)
        {
            return _scan.FailType("output_config", "an object");
        }

        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            var isFormat = _scan.Json.ValueTextEquals("format"u8);
            _scan.Json.Read();
            if (isFormat ? !ScanFormat("output_config.format") : !_scan.Skip())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads an object, or null, for its <c>type</c>.</summary>
    private bool ScanTyped(string param, string expected, out string? type) =>
        ScanTyped(param, expected, out type, out _);

    /// <summary>The same, and for its <c>budget_tokens</c>; what is no number there is left for the model's server to refuse.</summary>
    private bool ScanTyped(string param, string expected, out string? type, out int? budget)
    {
        (type, budget) = (null, null);
        if (_scan.Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_scan.Json.TokenType != JsonTokenType.StartObject)
        {
            return _scan.FailType(param, expected);
        }

        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = _scan.Json.ValueTextEquals("type"u8);
            var isBudget = _scan.Json.ValueTextEquals("budget_tokens"u8);
            _scan.Json.Read();
            if (
                isBudget
                && _scan.Json.TokenType == JsonTokenType.Number
                && _scan.Json.TryGetInt32(out var tokens)
                && tokens >= 0
            )
            {
                budget = tokens;
            }

            if (isType && (_scan.Json.TokenType != JsonTokenType.String || type is not null))
            {
                return _scan.FailType(param + ".type", "one string");
            }

            if (isType)
            {
                type = TypeName();
            }
            else if (!_scan.Skip())
            {
                return false;
            }
        }

        return true;
    }

    private readonly string TypeName() =>
        _scan.Json.ValueTextEquals("any"u8) ? "any"
        : _scan.Json.ValueTextEquals("tool"u8) ? "tool"
        : _scan.Json.ValueTextEquals("enabled"u8) ? "enabled"
        : _scan.Json.ValueTextEquals("json_schema"u8) ? "json_schema"
        : "";

    private bool Add(ChatFeatures features)
    {
        _features |= features;
        return true;
    }
}
