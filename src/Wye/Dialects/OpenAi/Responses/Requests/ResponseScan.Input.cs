using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Requests;

namespace Wye.Dialects.OpenAi.Responses.Requests;

internal ref partial struct ResponseScan
{
    private const string Expected = "a text or an array of at least one input item";
    private const string ContentForm = "a string or an array of content parts";
    private const string RoleNames = "\"user\", \"assistant\", \"system\" or \"developer\"";

    private bool ScanInstructions()
    {
        if (_scan.Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_scan.Json.TokenType != JsonTokenType.String)
        {
            return _scan.FailType("instructions", "a string");
        }

        _hasInstructions = true;
        _scan.AddText(ChatRole.System, -1);
        return true;
    }

    private bool ScanInput()
    {
        if (_scan.Json.TokenType == JsonTokenType.String)
        {
            _lastUserLiteral = _scan.AddText(ChatRole.User, 0);
            _lastUserText = _scan.Texts.Items[^1].Utf8;
            _itemCount = 1;
            return true;
        }

        if (_scan.Json.TokenType != JsonTokenType.StartArray)
        {
            return _scan.FailType("input", Expected);
        }

        while (_scan.Json.Read() && _scan.Json.TokenType != JsonTokenType.EndArray)
        {
            if (_itemCount >= RequestLimits.Messages)
            {
                return _scan.Fail(
                    "invalid_value",
                    "input",
                    $"'input' has more than {RequestLimits.Messages} items. Shorten the conversation."
                );
            }

            if (_scan.Json.TokenType != JsonTokenType.StartObject)
            {
                return _scan.FailType(ItemParam(), "an object such as {\"role\": \"user\", \"content\": \"…\"}");
            }

            if (!ScanItem())
            {
                return false;
            }

            _itemCount++;
        }

        return _itemCount > 0 || _scan.Fail("invalid_value", "input", $"'input' is empty. Send {Expected}.");
    }

    private bool ScanItem()
    {
        _firstText = _scan.Texts.Count;
        _firstLiteral = default;
        string? type = null;
        ChatRole? role = null;
        var (hasContent, hasOutput) = (false, false);
        _badOutput = false;
        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            var key = ItemKeyOf();
            _scan.Json.Read();
            var twice = key switch
            {
                ItemKey.Type => type is not null,
                ItemKey.Role => role is not null,
                ItemKey.Content => hasContent,
                ItemKey.Output => hasOutput,
                _ => false,
            };
            if (twice)
            {
                return _scan.Fail(
                    "duplicate_key",
                    ItemParam(),
                    $"A member stands twice in {ItemParam()}. Send it once."
                );
            }

            hasContent |= key == ItemKey.Content;
            hasOutput |= key == ItemKey.Output;
            var read = key switch
            {
                ItemKey.Type => ScanType(out type),
                ItemKey.Role => ScanRole(out role),
                ItemKey.Content => ScanContent(".content"),
                ItemKey.Output => ScanOutput(),
                _ => _scan.Skip(),
            };
            if (!read)
            {
                return false;
            }
        }

        return EndItem(type, role, hasContent, hasOutput);
    }

    private bool EndItem(string? type, ChatRole? role, bool hasContent, bool hasOutput)
    {
        if (type is "function_call_output" && (_badOutput || !hasOutput))
        {
            var member = ItemParam(".output");
            return hasOutput
                ? _scan.FailType(member, ContentForm)
                : _scan.Fail("missing_required_parameter", member, $"'{member}' is missing. Send {ContentForm}.");
        }

        if (type is null or "message")
        {
            if (role is null || !hasContent)
            {
                var member = ItemParam(role is null ? ".role" : ".content");
                var what = role is null ? RoleNames : ContentForm;
                return _scan.Fail("missing_required_parameter", member, $"'{member}' is missing. Send {what}.");
            }
        }
        else
        {
            role = type is "function_call_output" ? ChatRole.Tool : ChatRole.Assistant;
        }

        var texts = _scan.Texts.Items[_firstText..];
        foreach (ref var text in texts)
        {
            text = text with { Role = role!.Value };
        }

        if (role == ChatRole.User)
        {
            _lastUserLiteral = _firstLiteral;
            _lastUserText = texts.IsEmpty ? default : texts[0].Utf8;
        }

        return true;
    }

    private bool ScanType(out string? type)
    {
        type = null;
        if (_scan.Json.TokenType != JsonTokenType.String || _scan.Json.ValueSpan.Length > BodyScan.MaxNameLength)
        {
            return _scan.FailType(ItemParam(".type"), "a string such as \"message\"");
        }

        type = _scan.Json.GetString();
        return true;
    }

    private bool ScanRole(out ChatRole? role)
    {
        role =
            _scan.Json.TokenType != JsonTokenType.String ? null
            : _scan.Json.ValueTextEquals("user"u8) ? ChatRole.User
            : _scan.Json.ValueTextEquals("assistant"u8) ? ChatRole.Assistant
            : _scan.Json.ValueTextEquals("system"u8) || _scan.Json.ValueTextEquals("developer"u8) ? ChatRole.System
            : null;
        return role is not null
            || _scan.Fail("invalid_value", ItemParam(".role"), $"'{ItemParam(".role")}' must be {RoleNames}.");
    }

    // Other items hold outputs of other forms; the type that tells may follow.
    private bool ScanOutput()
    {
        _badOutput = _scan.Json.TokenType is not (JsonTokenType.String or JsonTokenType.StartArray);
        return _badOutput ? _scan.Skip() : ScanContent(".output");
    }

    private bool ScanContent(string member)
    {
        switch (_scan.Json.TokenType)
        {
            case JsonTokenType.String:
                AddText();
                return true;
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.StartArray:
                break;
            default:
                return _scan.FailType(ItemParam(member), ContentForm);
        }

        for (var index = 0; _scan.Json.Read() && _scan.Json.TokenType != JsonTokenType.EndArray; index++)
        {
            if (_scan.Json.TokenType != JsonTokenType.StartObject)
            {
                return _scan.FailType(ItemParam($"{member}[{index}]"), "an object with a 'type'");
            }

            if (!ScanPart(ItemParam($"{member}[{index}]")))
            {
                return false;
            }
        }

        return true;
    }

    private bool ScanPart(string param)
    {
        var (hasType, hasText) = (false, false);
        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = _scan.Json.ValueTextEquals("type"u8);
            var isText = _scan.Json.ValueTextEquals("text"u8) || _scan.Json.ValueTextEquals("refusal"u8);
            _scan.Json.Read();
            if (isType)
            {
                if (hasType || _scan.Json.TokenType != JsonTokenType.String)
                {
                    return _scan.FailType(param + ".type", "one string such as \"input_text\"");
                }

                hasType = true;
                NotePart();
            }
            else if (isText && _scan.Json.TokenType == JsonTokenType.String)
            {
                if (hasText)
                {
                    return _scan.Fail("duplicate_key", param, $"{param} has two texts. Send two parts.");
                }

                hasText = true;
                AddText();
            }
            else if (!_scan.Skip())
            {
                return false;
            }
        }

        return hasType
            || _scan.Fail(
                "missing_required_parameter",
                param + ".type",
                $"'{param}.type' is missing. Send a string such as \"input_text\"."
            );
    }

    private void NotePart()
    {
        if (_scan.Json.ValueTextEquals("input_image"u8))
        {
            _imageCount++;
            _features |= ChatFeatures.Images;
        }
        else if (_scan.Json.ValueTextEquals("input_file"u8))
        {
            _features |= ChatFeatures.Files;
        }
        else if (_scan.Json.ValueTextEquals("input_audio"u8))
        {
            _features |= ChatFeatures.Audio;
        }
    }

    private void AddText()
    {
        var isFirst = _scan.Texts.Count == _firstText;
        var literal = _scan.AddText(ChatRole.System, _itemCount);
        _firstLiteral = isFirst ? literal : _firstLiteral;
    }

    private readonly ItemKey ItemKeyOf() =>
        _scan.Json.ValueTextEquals("type"u8) ? ItemKey.Type
        : _scan.Json.ValueTextEquals("role"u8) ? ItemKey.Role
        : _scan.Json.ValueTextEquals("content"u8) ? ItemKey.Content
        : _scan.Json.ValueTextEquals("output"u8) ? ItemKey.Output
        : ItemKey.Other;

    private readonly string ItemParam(string member = "") => $"input[{_itemCount}]{member}";

    private enum ItemKey
    {
        Other,
        Type,
        Role,
        Content,
        Output,
    }
}
