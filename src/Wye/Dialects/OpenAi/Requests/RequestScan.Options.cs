using System.Text.Json;
using Wye.Chat;

namespace Wye.Dialects.OpenAi.Requests;

internal ref partial struct RequestScan
{
    private bool ScanStreamOptions()
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_json.TokenType != JsonTokenType.StartObject)
        {
            return FailType("stream_options", "an object such as {\"include_usage\": true}");
        }

        var seen = false;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var usage = _json.ValueTextEquals("include_usage"u8);
            if (usage && seen)
            {
                return Fail(
                    "duplicate_key",
                    "stream_options.include_usage",
                    "'include_usage' stands twice in 'stream_options'. Send it once."
                );
            }

            seen |= usage;
            _json.Read();
            if (usage ? !ScanFlag("stream_options.include_usage", out _streamUsage) : !Skip())
            {
                return false;
            }
        }

        return true;
    }

    private bool ScanStop()
    {
        if (_json.TokenType is JsonTokenType.Null or JsonTokenType.String)
        {
            return true;
        }

        var expected = $"a string or an array of at most {RequestLimits.Stops} strings";
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            return FailType("stop", expected);
        }

        var count = 0;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.String || ++count > RequestLimits.Stops)
            {
                return FailType("stop", expected);
            }
        }

        return true;
    }

    private bool ScanTools(string param)
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_json.TokenType != JsonTokenType.StartArray)
        {
            return FailType(param, "an array of objects");
        }

        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.StartObject)
            {
                return FailType($"{param}[{_toolCount}]", "an object");
            }

            if (!Skip())
            {
                return false;
            }

            _toolCount++;
        }

        _features |= _toolCount > 0 ? ChatFeatures.Tools : ChatFeatures.None;
        return true;
    }

    private bool ScanToolChoice(string param)
    {
        if (_json.TokenType == JsonTokenType.StartObject)
        {
            // An object names the tool to call, or a set of allowed tools with its own mode; both may demand a call.
            _features |= ChatFeatures.ToolRequired;
            return Skip();
        }

        if (_json.TokenType == JsonTokenType.String)
        {
            var demanded = _json.ValueTextEquals("required"u8) || _json.ValueTextEquals("any"u8);
            _features |= demanded ? ChatFeatures.ToolRequired : ChatFeatures.None;
            return true;
        }

        return _json.TokenType == JsonTokenType.Null
            || FailType(param, "\"none\", \"auto\", \"required\" or an object that names a tool");
    }

    private bool ScanResponseFormat()
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_json.TokenType != JsonTokenType.StartObject)
        {
            return FailType("response_format", "an object such as {\"type\": \"json_object\"}");
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = _json.ValueTextEquals("type"u8);
            _json.Read();
            if (isType && _json.TokenType != JsonTokenType.String)
            {
                return FailType("response_format.type", "\"text\", \"json_object\" or \"json_schema\"");
            }

            if (isType)
            {
                _features |=
                    _json.ValueTextEquals("json_object"u8) ? ChatFeatures.JsonMode
                    : _json.ValueTextEquals("json_schema"u8) ? ChatFeatures.JsonSchema
                    : ChatFeatures.None;
            }
            else if (!Skip())
            {
                return false;
            }
        }

        return true;
    }

    private bool ScanModalities()
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_json.TokenType != JsonTokenType.StartArray)
        {
            return FailType("modalities", "an array of strings such as [\"text\"]");
        }

        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.String)
            {
                return FailType("modalities", "an array of strings such as [\"text\"]");
            }

            _features |= _json.ValueTextEquals("audio"u8) ? ChatFeatures.Audio : ChatFeatures.None;
        }

        return true;
    }
}
