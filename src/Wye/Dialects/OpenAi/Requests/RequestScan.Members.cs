using System.Globalization;
using System.Text.Json;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi.Requests;

internal ref partial struct RequestScan
{
    private bool ScanValue(RequestKey key) =>
        key switch
        {
            RequestKey.Model => ScanModel(),
            RequestKey.Messages => ScanMessages(),
            RequestKey.Stream => ScanFlag("stream", out _stream),
            RequestKey.StreamOptions => ScanStreamOptions(),
            RequestKey.MaxTokens => ScanMaxTokens("max_tokens"),
            RequestKey.MaxCompletionTokens => ScanMaxTokens("max_completion_tokens"),
            RequestKey.Temperature => ScanNumber("temperature", 0, 2),
            RequestKey.TopP => ScanNumber("top_p", 0, 1),
            RequestKey.PresencePenalty => ScanNumber("presence_penalty", -2, 2),
            RequestKey.FrequencyPenalty => ScanNumber("frequency_penalty", -2, 2),
            RequestKey.N => ScanChoices(),
            RequestKey.Stop => ScanStop(),
            RequestKey.Seed => ScanSeed(),
            RequestKey.User => ScanUser(),
            RequestKey.Tools => ScanTools("tools"),
            RequestKey.Functions => ScanTools("functions"),
            RequestKey.ToolChoice => ScanToolChoice("tool_choice"),
            RequestKey.FunctionCall => ScanToolChoice("function_call"),
            RequestKey.ResponseFormat => ScanResponseFormat(),
            RequestKey.LogProbs => ScanLogProbs(),
            RequestKey.TopLogProbs => ScanCount("top_logprobs", 0, int.MaxValue, out _),
            RequestKey.Modalities => ScanModalities(),
            RequestKey.Audio => ScanPresence(ChatFeatures.Audio),
            RequestKey.ReasoningEffort => ScanEffort(),
            RequestKey.Reasoning or RequestKey.Thinking => ScanPresence(ChatFeatures.Reasoning),
            _ => Skip(),
        };

    private bool ScanModel()
    {
        if (_json.TokenType != JsonTokenType.String)
        {
            return FailType("model", "a string: the name of a route or a model");
        }

        if (_json.ValueSpan.IsEmpty)
        {
            return Fail("invalid_value", "model", "'model' is empty. Send the name of a route or a model.");
        }

        if (_json.ValueSpan.Length > RequestLimits.ModelBytes)
        {
            return Fail(
                "model_not_found",
                "model",
                $"No model has a name longer than {RequestLimits.ModelBytes} bytes. List the models with GET /v1/models.",
                FailureKind.ModelNotFound
            );
        }

        _model = _json.GetString();
        return true;
    }

    private bool ScanFlag(string param, out bool value)
    {
        value = _json.TokenType == JsonTokenType.True;
        return value
            || _json.TokenType is JsonTokenType.False or JsonTokenType.Null
            || FailType(param, "true or false");
    }

    private bool ScanNumber(string param, double least, double most)
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        var number = double.NaN;
        var read = _json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out number);
        return (read && number >= least && number <= most)
            || Fail(
                read ? "invalid_value" : "invalid_type",
                param,
                string.Create(CultureInfo.InvariantCulture, $"'{param}' must be a number from {least} to {most}.")
            );
    }

    private bool ScanCount(string param, int least, int most, out int? value)
    {
        value = null;
        if (_json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        var isNumber = _json.TokenType == JsonTokenType.Number;
        if (isNumber && _json.TryGetInt32(out var number) && number >= least && number <= most)
        {
            value = number;
            return true;
        }

        return Fail(
            isNumber ? "invalid_value" : "invalid_type",
            param,
            $"'{param}' must be a whole number from {least} to {most}."
        );
    }

    private bool ScanMaxTokens(string param)
    {
        if (!ScanCount(param, 1, int.MaxValue, out var value))
        {
            return false;
        }

        // When both names are given the larger one is what may be billed.
        _maxTokens = value is null ? _maxTokens : Math.Max(value.Value, _maxTokens ?? 0);
        return true;
    }

    private bool ScanChoices()
    {
        if (!ScanCount("n", 1, RequestLimits.Choices, out var choices))
        {
            return false;
        }

        _features |= choices > 1 ? ChatFeatures.ManyChoices : ChatFeatures.None;
        return true;
    }

    private bool ScanSeed() =>
        _json.TokenType == JsonTokenType.Null
        || (_json.TokenType == JsonTokenType.Number && (_json.TryGetInt64(out _) || _json.TryGetUInt64(out _)))
        || FailType("seed", "a whole number");

    private bool ScanUser()
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_json.TokenType != JsonTokenType.String)
        {
            return FailType("user", "a string");
        }

        if (_json.ValueSpan.Length > RequestLimits.UserBytes)
        {
            return Fail("invalid_value", "user", $"'user' is longer than {RequestLimits.UserBytes} bytes. Shorten it.");
        }

        // It may end up in a header or a log line.
        var user = _json.GetString()!;
        if (user.AsSpan().ContainsAnyInRange('\0', '\u001F') || user.AsSpan().ContainsAnyInRange('\u007F', '\u009F'))
        {
            return Fail("invalid_value", "user", "'user' has control characters. Leave them out.");
        }

        _user = user;
        return true;
    }

    private bool ScanPresence(ChatFeatures feature)
    {
        _features |= _json.TokenType is JsonTokenType.Null or JsonTokenType.False ? ChatFeatures.None : feature;
        return Skip();
    }

    private bool ScanLogProbs()
    {
        if (!ScanFlag("logprobs", out var wanted))
        {
            return false;
        }

        _features |= wanted ? ChatFeatures.LogProbs : ChatFeatures.None;
        return true;
    }

    private bool ScanEffort()
    {
        if (_json.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
        {
            return FailType("reasoning_effort", "a string such as \"low\"");
        }

        var none = _json.TokenType == JsonTokenType.Null || _json.ValueTextEquals("none"u8);
        _features |= none ? ChatFeatures.None : ChatFeatures.Reasoning;
        return true;
    }
}
