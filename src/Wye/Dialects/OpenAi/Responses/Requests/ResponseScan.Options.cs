using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Requests;

namespace Wye.Dialects.OpenAi.Responses.Requests;

internal ref partial struct ResponseScan
{
    private bool ScanTools()
    {
        var read = _scan.Objects("tools", ref _toolCount);
        _features |= _toolCount > 0 ? ChatFeatures.Tools : ChatFeatures.None;
        return read;
    }

    private bool ScanToolChoice()
    {
        switch (_scan.Json.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.String:
                _features |= _scan.Json.ValueTextEquals("required"u8) ? ChatFeatures.ToolRequired : ChatFeatures.None;
                return true;
            case JsonTokenType.StartObject:
                _features |= ChatFeatures.ToolRequired;
                return _scan.Skip();
            default:
                return _scan.FailType("tool_choice", "\"none\", \"auto\", \"required\" or an object that names a tool");
        }
    }

    private bool ScanText()
    {
        const string Form = "an object such as {\"format\": {\"type\": \"json_object\"}}";
        if (_scan.Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_scan.Json.TokenType != JsonTokenType.StartObject)
        {
            return _scan.FailType("text", Form);
        }

        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            var isFormat = _scan.Json.ValueTextEquals("format"u8);
            _scan.Json.Read();
            if (isFormat ? !_scan.AnswerForm("text.format", Form, ref _features) : !_scan.Skip())
            {
                return false;
            }
        }

        return true;
    }

    private bool ScanReasoning()
    {
        if (_scan.Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_scan.Json.TokenType != JsonTokenType.StartObject)
        {
            return _scan.FailType("reasoning", "an object such as {\"effort\": \"low\"}");
        }

        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            var isEffort = _scan.Json.ValueTextEquals("effort"u8);
            _scan.Json.Read();
            if (isEffort && _scan.Json.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
            {
                return _scan.FailType("reasoning.effort", "a string such as \"low\"");
            }

            if (isEffort)
            {
                var none = _scan.Json.TokenType == JsonTokenType.Null || _scan.Json.ValueTextEquals("none"u8);
                _features |= none ? ChatFeatures.None : ChatFeatures.Reasoning;
            }
            else if (!_scan.Skip())
            {
                return false;
            }
        }

        return true;
    }

    private bool ScanObject(string param) =>
        _scan.Json.TokenType is JsonTokenType.Null or JsonTokenType.StartObject
            ? _scan.Skip()
            : _scan.FailType(param, "an object");

    private bool ScanShortText(string param)
    {
        if (_scan.Json.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
        {
            return _scan.FailType(param, "a string");
        }

        return _scan.Json.TokenType == JsonTokenType.Null
            || _scan.Json.ValueSpan.Length <= RequestLimits.ModelBytes
            || _scan.Fail("invalid_value", param, $"'{param}' is longer than {RequestLimits.ModelBytes} bytes.");
    }

    private bool ScanBackground() =>
        _scan.Flag("background", out var wanted)
        && (!wanted || Unsupported("background", "Leave it out, and stream long answers."));

    private bool Refuse(string param, string fix) =>
        _scan.Json.TokenType == JsonTokenType.Null || Unsupported(param, fix);

    private bool Unsupported(string param, string fix) =>
        _scan.Fail("unsupported_parameter", param, $"'{param}' is not offered here. {fix}");
}
