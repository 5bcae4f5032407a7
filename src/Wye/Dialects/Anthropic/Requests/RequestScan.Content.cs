using System.Text.Json;
using Wye.Chat;

namespace Wye.Dialects.Anthropic.Requests;

internal ref partial struct RequestScan
{
    private bool ScanContent()
    {
        switch (_scan.Json.TokenType)
        {
            case JsonTokenType.String:
                AddOwnText();
                return true;
            case JsonTokenType.StartArray:
                return ScanBlocks(MessageParam(".content"), inResult: false);
            default:
                return _scan.FailType(MessageParam(".content"), "a string or an array of content blocks");
        }
    }

    private bool ScanBlocks(string param, bool inResult)
    {
        for (var index = 0; _scan.Json.Read() && _scan.Json.TokenType != JsonTokenType.EndArray; index++)
        {
            if (_scan.Json.TokenType != JsonTokenType.StartObject)
            {
                return _scan.FailType($"{param}[{index}]", "an object with a 'type'");
            }

            if (!ScanBlock(param, index, inResult))
            {
                return false;
            }
        }

        return true;
    }

    private bool ScanBlock(string param, int index, bool inResult)
    {
        var type = BlockType.Missing;
        var hasText = false;
        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = _scan.Json.ValueTextEquals("type"u8);
            var isText = !isType && _scan.Json.ValueTextEquals("text"u8);
            var isContent = !isType && !inResult && _scan.Json.ValueTextEquals("content"u8);
            _scan.Json.Read();
            if (isType)
            {
                if (_scan.Json.TokenType != JsonTokenType.String || type != BlockType.Missing)
                {
                    return _scan.FailType($"{param}[{index}].type", "one string such as \"text\" or \"image\"");
                }

                type = BlockTypeOf();
            }
            else if (isText && _scan.Json.TokenType == JsonTokenType.String)
            {
                if (hasText)
                {
                    return _scan.FailType($"{param}[{index}].text", "one string");
                }

                hasText = true;
                AddText(inResult);
            }
            else if (isContent ? !ScanResult(param, index) : !_scan.Skip())
            {
                return false;
            }
        }

        return EndBlock(type, hasText, param, index);
    }

    /// <summary>The content of a tool result: only tools' texts stand there.</summary>
    private bool ScanResult(string param, int index)
    {
        if (_scan.Json.TokenType == JsonTokenType.String)
        {
            AddText(inResult: true);
            return true;
        }

        return _scan.Json.TokenType == JsonTokenType.StartArray
            ? ScanBlocks($"{param}[{index}].content", inResult: true)
            : _scan.Skip();
    }

    private bool EndBlock(BlockType type, bool hasText, string param, int index)
    {
        switch (type)
        {
            case BlockType.Missing:
                return _scan.Fail(
                    "missing_required_parameter",
                    $"{param}[{index}].type",
                    $"'{param}[{index}].type' is missing. Send a string such as \"text\" or \"image\"."
                );
            case BlockType.Text:
                return hasText || _scan.FailType($"{param}[{index}].text", "a string");
            case BlockType.Image:
                _imageCount++;
                return Add(ChatFeatures.Images);
            case BlockType.Document:
                return Add(ChatFeatures.Files);
            case BlockType.ToolUse:
                _callsTools = true;
                return true;
            default:
                return true;
        }
    }

    private readonly BlockType BlockTypeOf() =>
        _scan.Json.ValueTextEquals("text"u8) ? BlockType.Text
        : _scan.Json.ValueTextEquals("image"u8) ? BlockType.Image
        : _scan.Json.ValueTextEquals("document"u8) ? BlockType.Document
        : _scan.Json.ValueTextEquals("tool_use"u8) ? BlockType.ToolUse
        : BlockType.Other;

    private void AddText(bool inResult)
    {
        if (inResult)
        {
            _scan.AddText(ChatRole.Tool, _messageCount);
            return;
        }

        AddOwnText();
    }

    private void AddOwnText()
    {
        var at = _scan.Texts.Count;
        var literal = _scan.AddText(ChatRole.System, _messageCount);
        if (_firstOwnText < 0)
        {
            (_firstOwnText, _firstLiteral) = (at, literal);
        }
    }

    private enum BlockType
    {
        Missing,
        Other,
        Text,
        Image,
        Document,
        ToolUse,
    }
}
