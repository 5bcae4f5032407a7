using System.Globalization;
using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Requests;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi.Requests;

internal ref partial struct RequestScan
{
    /// <inheritdoc/>
    public bool ScanValue(int key) =>
        (RequestKey)key switch
        {
            RequestKey.Model => _scan.Model(out _model),
            RequestKey.Messages => ScanMessages(),
            RequestKey.Stream => _scan.Flag("stream", out _stream),
            RequestKey.StreamOptions => ScanStreamOptions(),
            RequestKey.MaxTokens => ScanMaxTokens("max_tokens"),
            RequestKey.MaxCompletionTokens => ScanMaxTokens("max_completion_tokens"),
            RequestKey.Temperature => _scan.Number("temperature", 0, 2),
            RequestKey.TopP => _scan.Number("top_p", 0, 1),
            RequestKey.PresencePenalty => _scan.Number("presence_penalty", -2, 2),
            RequestKey.FrequencyPenalty => _scan.Number("frequency_penalty", -2, 2),
            RequestKey.N => ScanChoices(),
            RequestKey.Stop => _scan.Stop("stop"),
            RequestKey.Seed => ScanSeed(),
            RequestKey.User => _scan.User("user", out _user),
            RequestKey.Tools => ScanTools("tools"),
            RequestKey.Functions => ScanTools("functions"),
            RequestKey.ToolChoice => ScanToolChoice("tool_choice"),
            RequestKey.FunctionCall => ScanToolChoice("function_call"),
            RequestKey.ResponseFormat => ScanResponseFormat(),
            RequestKey.LogProbs => ScanLogProbs(),
            RequestKey.TopLogProbs => _scan.Count("top_logprobs", 0, int.MaxValue, out _),
            RequestKey.Modalities => ScanModalities(),
            RequestKey.Audio => ScanPresence(ChatFeatures.Audio),
            RequestKey.ReasoningEffort => ScanEffort(),
            RequestKey.Reasoning or RequestKey.Thinking => ScanPresence(ChatFeatures.Reasoning),
            _ => _scan.Skip(),
        };

    private bool ScanMaxTokens(string param)
    {
        if (!_scan.Count(param, 1, int.MaxValue, out var value))
        {
            return false;
        }

        // When both names are given the larger one is what may be billed.
        _maxTokens = value is null ? _maxTokens : Math.Max(value.Value, _maxTokens ?? 0);
        return true;
    }

    private bool ScanChoices()
    {
        if (!_scan.Count("n", 1, RequestLimits.Choices, out var choices))
        {
            return false;
        }

        _features |= choices > 1 ? ChatFeatures.ManyChoices : ChatFeatures.None;
        return true;
    }

    private bool ScanSeed() =>
        _scan.Json.TokenType == JsonTokenType.Null
        || (
            _scan.Json.TokenType == JsonTokenType.Number
            && (_scan.Json.TryGetInt64(out _) || _scan.Json.TryGetUInt64(out _))
        )
        || _scan.FailType("seed", "a whole number");

    private bool ScanPresence(ChatFeatures feature)
    {
        _features |= _scan.Json.TokenType is JsonTokenType.Null or JsonTokenType.False ? ChatFeatures.None : feature;
        return _scan.Skip();
    }

    private bool ScanLogProbs()
    {
        if (!_scan.Flag("logprobs", out var wanted))
        {
            return false;
        }

        _features |= wanted ? ChatFeatures.LogProbs : ChatFeatures.None;
        return true;
    }

    private bool ScanEffort()
    {
        if (_scan.Json.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
        {
            return _scan.FailType("reasoning_effort", "a string such as \"low\"");
        }

        var none = _scan.Json.TokenType == JsonTokenType.Null || _scan.Json.ValueTextEquals("none"u8);
        _features |= none ? ChatFeatures.None : ChatFeatures.Reasoning;
        return true;
    }
}
