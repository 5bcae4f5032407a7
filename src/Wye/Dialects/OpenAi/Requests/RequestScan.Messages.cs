using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Text;

namespace Wye.Dialects.OpenAi.Requests;

internal ref partial struct RequestScan
{
    private const string RoleNames = "\"system\", \"developer\", \"user\", \"assistant\", \"tool\" or \"function\"";

    private bool ScanMessages()
    {
        const string Expected = "an array of at least one message such as {\"role\": \"user\", \"content\": \"…\"}";
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            return FailType("messages", Expected);
        }

        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_messageCount >= RequestLimits.Messages)
            {
                return Fail(
                    "invalid_value",
                    "messages",
                    $"'messages' has more than {RequestLimits.Messages} messages. Shorten the conversation."
                );
            }

            if (_json.TokenType != JsonTokenType.StartObject)
            {
                return FailType(MessageParam(), "an object with 'role' and 'content'");
            }

            if (!ScanMessage())
            {
                return false;
            }

            _messageCount++;
        }

        return _messageCount > 0 || Fail("invalid_value", "messages", $"'messages' is empty. Send {Expected}.");
    }

    private bool ScanMessage()
    {
        _firstText = _texts.Count;
        _firstLiteral = default;
        ChatRole? role = null;
        var content = JsonTokenType.None;
        var callsTools = false;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            switch (MessageKeyOf())
            {
                case MessageKey.Role:
                    if (role is not null)
                    {
                        return FailTwice("role");
                    }

                    _json.Read();
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

                    _json.Read();
                    content = _json.TokenType;
                    if (!ScanContent())
                    {
                        return false;
                    }

                    break;
                case MessageKey.ToolCalls:
                    _json.Read();
                    callsTools |= _json.TokenType != JsonTokenType.Null;
                    if (!Skip())
                    {
                        return false;
                    }

                    break;
                default:
                    _json.Read();
                    if (!Skip())
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
            return Fail(
                "missing_required_parameter",
                MessageParam(".role"),
                $"'{MessageParam(".role")}' is missing. Send {RoleNames}."
            );
        }

        if (content is JsonTokenType.None or JsonTokenType.Null && role != ChatRole.Assistant)
        {
            return content == JsonTokenType.Null
                ? FailType(MessageParam(".content"), "a string or an array of content parts")
                : Fail(
                    "missing_required_parameter",
                    MessageParam(".content"),
                    $"'{MessageParam(".content")}' is missing. Send a string or an array of content parts."
                );
        }

        // The role may stand behind the content it belongs to.
        var texts = _texts.Items[_firstText..];
        if (role != ChatRole.System)
        {
            foreach (ref var text in texts)
            {
                text = text with { Role = role.Value };
            }
        }

        if (role == ChatRole.User)
        {
            _lastUserLiteral = _firstLiteral;
            _lastUserText = texts.IsEmpty ? default : texts[0].Utf8;
        }

        _lastRole = role.Value;
        _lastCallsTools = callsTools;
        return true;
    }

    private bool ScanRole(out ChatRole? role)
    {
        role = null;
        if (_json.TokenType != JsonTokenType.String)
        {
            return FailType(MessageParam(".role"), RoleNames);
        }

        const int Longest = 64;
        Span<byte> scratch = stackalloc byte[Longest];
        var name = _json.ValueSpan.Length > Longest ? default : JsonEscapes.Plain(_json.ValueSpan, scratch);
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
            || Fail("invalid_value", MessageParam(".role"), $"'{MessageParam(".role")}' must be {RoleNames}.");
    }

    private readonly MessageKey MessageKeyOf() =>
        _json.ValueTextEquals("role"u8) ? MessageKey.Role
        : _json.ValueTextEquals("content"u8) ? MessageKey.Content
        : _json.ValueTextEquals("tool_calls"u8) || _json.ValueTextEquals("function_call"u8) ? MessageKey.ToolCalls
        : MessageKey.Other;

    private bool FailTwice(string member) =>
        Fail(
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
