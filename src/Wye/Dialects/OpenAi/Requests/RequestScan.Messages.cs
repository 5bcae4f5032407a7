using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.Requests;
using Wye.Dialects.Text;

namespace Wye.Dialects.OpenAi.Requests;

internal ref partial struct RequestScan
{
    private const string RoleNames = "\"system\", \"developer\", \"user\", \"assistant\", \"tool\" or \"function\"";

    private bool ScanMessages()
    {
        const string Expected = "an array of at least one message such as {\"role\": \"user\", \"content\": \"…\"}";
        if (_scan.Json.TokenType != JsonTokenType.StartArray)
        {
            return _scan.FailType("messages", Expected);
        }

        while (true)
        {
            if (!ScanUsualMessage())
            {
                if (!_scan.Json.Read() || _scan.Json.TokenType == JsonTokenType.EndArray)
                {
                    break;
                }

                if (!ScanElement())
                {
                    return false;
                }
            }

            _messageCount++;
        }

        return _messageCount > 0 || _scan.Fail("invalid_value", "messages", $"'messages' is empty. Send {Expected}.");
    }

    /// <summary>Reads a message as clients write nearly all of them, whole; false = it is read token by token.</summary>
    private bool ScanUsualMessage()
    {
        ChatRole? role =
            _messageCount >= RequestLimits.Messages ? null
            : _scan.Json.TryReadObject("{\"role\":\"user\",\"content\":\""u8) ? ChatRole.User
            : _scan.Json.TryReadObject("{\"role\":\"assistant\",\"content\":\""u8) ? ChatRole.Assistant
            : _scan.Json.TryReadObject("{\"role\":\"system\",\"content\":\""u8) ? ChatRole.System
            : null;
        if (role is null)
        {
            return false;
        }

        var literal = _scan.AddText(role.Value, _messageCount);
        NoteMessage(role.Value, literal, _scan.Texts.Count - 1, callsTools: false);
        return true;
    }

    private bool ScanElement()
    {
        if (_messageCount >= RequestLimits.Messages)
        {
            return _scan.Fail(
                "invalid_value",
                "messages",
                $"'messages' has more than {RequestLimits.Messages} messages. Shorten the conversation."
            );
        }

        return _scan.Json.TokenType == JsonTokenType.StartObject
            ? ScanMessage()
            : _scan.FailType(MessageParam(), "an object with 'role' and 'content'");
    }

    private bool ScanMessage()
    {
        _firstText = _scan.Texts.Count;
        _firstLiteral = default;
        ChatRole? role = null;
        var content = JsonTokenType.None;
        var callsTools = false;
        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            switch (MessageKeyOf())
            {
                case MessageKey.Role:
                    if (role is not null)
                    {
                        return FailTwice("role");
                    }

                    _scan.Json.Read();
                    if (!ScanRole(out role))
                    {
                        return false;
                    }

                    break;
                case MessageKey.Content:
                    if (content != JsonTokenType.None)
                    {
                        return FailTwice("content");
                    }

                    _scan.Json.Read();
                    content = _scan.Json.TokenType;
                    if (!ScanContent())
                    {
                        return false;
                    }

                    break;
                case MessageKey.ToolCalls:
                    _scan.Json.Read();
                    callsTools |= _scan.Json.TokenType != JsonTokenType.Null;
                    if (!_scan.Skip())
                    {
                        return false;
                    }

                    break;
                default:
                    _scan.Json.Read();
                    if (!_scan.Skip())
                    {
                        return false;
                    }

                    break;
            }
        }

        return EndMessage(role, content, callsTools);
    }

    private bool EndMessage(ChatRole? role, JsonTokenType content, bool callsTools)
    {
        if (role is null)
        {
            return _scan.Fail(
                "missing_required_parameter",
                MessageParam(".role"),
                $"'{MessageParam(".role")}' is missing. Send {RoleNames}."
            );
        }

        if (content is JsonTokenType.None or JsonTokenType.Null && role != ChatRole.Assistant)
        {
            return content == JsonTokenType.Null
                ? _scan.FailType(MessageParam(".content"), "a string or an array of content parts")
                : _scan.Fail(
                    "missing_required_parameter",
                    MessageParam(".content"),
                    $"'{MessageParam(".content")}' is missing. Send a string or an array of content parts."
                );
        }

        // The role may stand behind the content it belongs to.
        var texts = _scan.Texts.Items[_firstText..];
        if (role != ChatRole.System)
        {
            foreach (ref var text in texts)
            {
                text = text with { Role = role.Value };
            }
        }

        NoteMessage(role.Value, _firstLiteral, _firstText, callsTools);
        return true;
    }

    // Keeps what counts of the last message, and of the last one of the user.
    private void NoteMessage(ChatRole role, ByteRange firstLiteral, int firstText, bool callsTools)
    {
        if (role == ChatRole.User)
        {
            _lastUserLiteral = firstLiteral;
            _lastUserText = firstText < _scan.Texts.Count ? _scan.Texts.Items[firstText].Utf8 : default;
        }

        _lastRole = role;
        _lastCallsTools = callsTools;
    }

    private bool ScanRole(out ChatRole? role)
    {
        role = null;
        if (_scan.Json.TokenType != JsonTokenType.String)
        {
            return _scan.FailType(MessageParam(".role"), RoleNames);
        }

        const int Longest = 64;
        Span<byte> scratch = stackalloc byte[Longest];
        var name = _scan.Json.ValueSpan.Length > Longest ? default : JsonEscapes.Plain(_scan.Json.ValueSpan, scratch);
        role = name.Length switch
        {
            4 when name.SequenceEqual("user"u8) => ChatRole.User,
            9 when name.SequenceEqual("assistant"u8) => ChatRole.Assistant,
            6 when name.SequenceEqual("system"u8) => ChatRole.System,
            4 when name.SequenceEqual("tool"u8) => ChatRole.Tool,
            9 when name.SequenceEqual("developer"u8) => ChatRole.System,
            8 when name.SequenceEqual("function"u8) => ChatRole.Tool,
            _ => null,
        };
        return role is not null
            || _scan.Fail("invalid_value", MessageParam(".role"), $"'{MessageParam(".role")}' must be {RoleNames}.");
    }

    private readonly MessageKey MessageKeyOf() =>
        _scan.Json.ValueTextEquals("role"u8) ? MessageKey.Role
        : _scan.Json.ValueTextEquals("content"u8) ? MessageKey.Content
        : _scan.Json.ValueTextEquals("tool_calls"u8) || _scan.Json.ValueTextEquals("function_call"u8)
            ? MessageKey.ToolCalls
        : MessageKey.Other;

    private bool FailTwice(string member) =>
        _scan.Fail(
            "duplicate_key",
            MessageParam("." + member),
            $"'{member}' stands twice in {MessageParam()}. Send it once."
        );

    private readonly string MessageParam(string member = "") => $"messages[{_messageCount}]{member}";

    private readonly ChatFeatures FeaturesOfAll() =>
        _lastRole == ChatRole.Assistant && !_lastCallsTools ? _features | ChatFeatures.AssistantPrefill : _features;

    private enum MessageKey
    {
        Other,
        Role,
        Content,
        ToolCalls,
    }
}
