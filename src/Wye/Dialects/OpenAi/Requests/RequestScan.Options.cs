using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Requests;

namespace Wye.Dialects.OpenAi.Requests;

internal ref partial struct RequestScan
{
    private bool ScanStreamOptions()
    {
        if (_scan.Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_scan.Json.TokenType != JsonTokenType.StartObject)
        {
            return _scan.FailType("stream_options", "an object such as {\"include_usage\": true}");
        }

        var seen = false;
        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            var usage = _scan.Json.ValueTextEquals("include_usage"u8);
            if (usage && seen)
            {
                return _scan.Fail(
                    "duplicate_key",
                    "stream_options.include_usage",
                    "'include_usage' stands twice in 'stream_options'. Send it once."
                );
            }

            seen |= usage;
            _scan.Json.Read();
            if (usage ? !_scan.Flag("stream_options.include_usage", out _streamUsage) : !_scan.Skip())
            {
                return false;
            }
        }

        return true;
    }

    private bool ScanTools(string param)
    {
        var read = _scan.Objects(param, ref _toolCount);
        _features |= _toolCount > 0 ? ChatFeatures.Tools : ChatFeatures.None;
        return read;
    }

    private bool ScanToolChoice(string param)
    {
        if (_scan.Json.TokenType == JsonTokenType.StartObject)
        {
            // An object names the tool to call, or a set of allowed tools with its own mode; both may demand a call.
            _features |= ChatFeatures.ToolRequired;
            return _scan.Skip();
        }

        if (_scan.Json.TokenType == JsonTokenType.String)
        {
            var demanded = _scan.Json.ValueTextEquals("required"u8) || _scan.Json.ValueTextEquals("any"u8);
            _features |= demanded ? ChatFeatures.ToolRequired : ChatFeatures.None;
            return true;
        }

        return _scan.Json.TokenType == JsonTokenType.Null
            || _scan.FailType(param, "\"none\", \"auto\", \"required\" or an object that names a tool");
    }

    private bool ScanResponseFormat() =>
        _scan.AnswerForm("response_format", "an object such as {\"type\": \"json_object\"}", ref _features);

    private bool ScanModalities()
    {
        if (_scan.Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_scan.Json.TokenType != JsonTokenType.StartArray)
        {
            return _scan.FailType("modalities", "an array of strings such as [\"text\"]");
        }

        while (_scan.Json.Read() && _scan.Json.TokenType != JsonTokenType.EndArray)
        {
            if (_scan.Json.TokenType != JsonTokenType.String)
            {
                return _scan.FailType("modalities", "an array of strings such as [\"text\"]");
            }

            _features |= _scan.Json.ValueTextEquals("audio"u8) ? ChatFeatures.Audio : ChatFeatures.None;
        }

        return true;
    }
}
