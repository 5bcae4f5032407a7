using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Text;

namespace Wye.Dialects.OpenAi.Requests;

internal ref partial struct RequestScan
{
    private bool ScanContent()
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.String:
                AddText();
                return true;
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.StartArray:
                return ScanParts();
            default:
                return FailType(MessageParam(".content"), "a string or an array of content parts");
        }
    }

    private bool ScanParts()
    {
        var index = 0;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.StartObject)
            {
                return FailType(PartParam(index), "an object with a 'type'");
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
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = _json.ValueTextEquals("type"u8);
            var isText = !isType && (_json.ValueTextEquals("text"u8) || _json.ValueTextEquals("refusal"u8));
            _json.Read();
            if (isType)
            {
                if (_json.TokenType != JsonTokenType.String || type != PartType.Missing)
                {
                    return FailType(PartParam(index, ".type"), "one string such as \"text\" or \"image_url\"");
                }

                type = PartTypeOf();
            }
            else if (isText && _json.TokenType == JsonTokenType.String)
            {
                if (hasText)
                {
                    return Fail(
                        "duplicate_key",
                        PartParam(index),
                        $"{PartParam(index)} has two texts. Send two parts."
                    );
                }

                hasText = true;
                AddText();
            }
            else if (!Skip())
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
                return Fail(
                    "missing_required_parameter",
                    PartParam(index, ".type"),
                    $"'{PartParam(index, ".type")}' is missing. Send a string such as \"text\" or \"image_url\"."
                );
            case PartType.Text:
                return hasText || FailType(PartParam(index, ".text"), "a string");
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
        _json.ValueTextEquals("text"u8) ? PartType.Text
        : _json.ValueTextEquals("image_url"u8) || _json.ValueTextEquals("image"u8) ? PartType.Image
        : _json.ValueTextEquals("input_audio"u8) || _json.ValueTextEquals("audio"u8) ? PartType.Audio
        : _json.ValueTextEquals("file"u8) || _json.ValueTextEquals("document"u8) ? PartType.File
        : PartType.Other;

    /// <summary>Adds the string the reader stands on: a slice of the body, or unescaped into the one pooled buffer.</summary>
    private void AddText()
    {
        var start = (int)_json.TokenStartIndex;
        var length = _json.ValueSpan.Length;
        if (_texts.Count == _firstText)
        {
            _firstLiteral = new ByteRange(start, length + 2);
        }

        _texts.Add(
            new ChatText(
                ChatRole.System,
                _messageCount,
                _json.ValueIsEscaped ? Unescape(_json.ValueSpan) : _body.Slice(start + 1, length)
            )
        );
    }

    private ReadOnlyMemory<byte> Unescape(ReadOnlySpan<byte> literal)
    {
        // Never longer than what is left of the body, so that it never grows and earlier texts stay where they are.
        _unescaped ??= new PooledBuffer(_body.Length - (int)_json.TokenStartIndex);
        var start = _unescaped.Length;
        var length = JsonEscapes.Unescape(literal, _unescaped.Memory.Span[start..]);
        _unescaped.Advance(length);
        return _unescaped.Memory.Slice(start, length);
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
