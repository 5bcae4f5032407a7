using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Requests;
using Wye.Dialects.Text;

namespace Wye.Dialects.OpenAi.Requests;

internal ref partial struct RequestScan
{
    private bool ScanContent()
    {
        switch (_scan.Json.TokenType)
        {
            case JsonTokenType.String:
                AddText();
                return true;
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.StartArray:
                return ScanParts();
            default:
                return _scan.FailType(MessageParam(".content"), "a string or an array of content parts");
        }
    }

    private bool ScanParts()
    {
        var index = 0;
        while (_scan.Json.Read() && _scan.Json.TokenType != JsonTokenType.EndArray)
        {
            if (_scan.Json.TokenType != JsonTokenType.StartObject)
            {
                return _scan.FailType(PartParam(index), "an object with a 'type'");
            }

            if (!ScanPart(index))
            {
                return false;
            }

            index++;
        }

        return true;
    }

    private bool ScanPart(int index)
    {
        var type = PartType.Missing;
        var hasText = false;
        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = _scan.Json.ValueTextEquals("type"u8);
            var isText = !isType && (_scan.Json.ValueTextEquals("text"u8) || _scan.Json.ValueTextEquals("refusal"u8));
            _scan.Json.Read();
            if (isType)
            {
                if (_scan.Json.TokenType != JsonTokenType.String || type != PartType.Missing)
                {
                    return _scan.FailType(PartParam(index, ".type"), "one string such as \"text\" or \"image_url\"");
                }

                type = PartTypeOf();
            }
            else if (isText && _scan.Json.TokenType == JsonTokenType.String)
            {
                if (hasText)
                {
                    return _scan.Fail(
                        "duplicate_key",
                        PartParam(index),
                        $"{PartParam(index)} has two texts. Send two parts."
                    );
                }

                hasText = true;
                AddText();
            }
            else if (!_scan.Skip())
            {
                return false;
            }
        }

        return EndPart(type, hasText, index);
    }

    private bool EndPart(PartType type, bool hasText, int index)
    {
        switch (type)
        {
            case PartType.Missing:
                return _scan.Fail(
                    "missing_required_parameter",
                    PartParam(index, ".type"),
                    $"'{PartParam(index, ".type")}' is missing. Send a string such as \"text\" or \"image_url\"."
                );
            case PartType.Text:
                return hasText || _scan.FailType(PartParam(index, ".text"), "a string");
            case PartType.Image:
                _imageCount++;
                _features |= ChatFeatures.Images;
                return true;
            case PartType.Audio:
                _features |= ChatFeatures.Audio;
                return true;
            case PartType.File:
                _features |= ChatFeatures.Files;
                return true;
            default:
                return true;
        }
    }

    private readonly PartType PartTypeOf() =>
        _scan.Json.ValueTextEquals("text"u8) ? PartType.Text
        : _scan.Json.ValueTextEquals("image_url"u8) || _scan.Json.ValueTextEquals("image"u8) ? PartType.Image
        : _scan.Json.ValueTextEquals("input_audio"u8) || _scan.Json.ValueTextEquals("audio"u8) ? PartType.Audio
        : _scan.Json.ValueTextEquals("file"u8) || _scan.Json.ValueTextEquals("document"u8) ? PartType.File
        : PartType.Other;

    private void AddText()
    {
        var isFirst = _scan.Texts.Count == _firstText;
        var literal = _scan.AddText(ChatRole.System, _messageCount);
        _firstLiteral = isFirst ? literal : _firstLiteral;
    }

    private readonly string PartParam(int index, string member = "") => MessageParam($".content[{index}]{member}");

    private enum PartType
    {
        Missing,
        Other,
        Text,
        Image,
        Audio,
        File,
    }
}
