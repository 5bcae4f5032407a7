using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Requests;

namespace Wye.Dialects.Anthropic.Requests;

internal ref partial struct RequestScan
{
    private const string RoleNames = "\"user\", \"assistant\" or \"system\"";

    private bool ScanMessages()
    {
        const string Expected = "an array of at least one message such as {\"role\": \"user\", \"content\": \"…\"}";
        if (_scan.Json.TokenType != JsonTokenType.StartArray)
        {
            return _scan.FailType("messages", Expected);
        }

        while (_scan.Json.Read() && _scan.Json.TokenType != JsonTokenType.EndArray)
        {
            if (_messageCount >= RequestLimits.Messages)
            {
                return _scan.Fail(
                    "invalid_value",
                    "messages",
                    $"'messages' has more than {RequestLimits.Messages} messages. Shorten the conversation."
                );
            }

            if (_scan.Json.TokenType != JsonTokenType.StartObject)
            {
                return _scan.FailType(MessageParam(), "an object with 'role' and 'content'");
            }

            if (!ScanMessage())
            {
                return false;
            }

            _messageCount++;
        }

        return _messageCount > 0 || _scan.Fail("invalid_value", "messages", $"'messages' is empty. Send {Expected}.");
    }

    private bool ScanMessage()
    {
        _firstText = _scan.Texts.Count;
        _firstOwnText = -1;
        _firstLiteral = default;
        _callsTools = false;
        ChatRole? role = null;
        var hasContent = false;
        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            var isRole = _scan.Json.ValueTextEquals("role"u8);
            var isContent = !isRole && _scan.Json.ValueTextEquals("content"u8);
            _scan.Json.Read();
            if ((isRole && role is not null) || (isContent && hasContent))
            {
                var member = isRole ? "role" : "content";
                return _scan.Fail(
                    "duplicate_key",
                    MessageParam("." + member),
                    $"'{MessageParam("." + member)}' stands twice. Send it once."
                );
            }

            hasContent |= isContent;
            if (
                isRole ? !ScanRole(out role)
                : isContent ? !ScanContent()
                : !_scan.Skip()
            )
            {
                return false;
            }
        }

        return Demand(role is not null, ".role", RoleNames)
            && Demand(hasContent, ".content", "a string or an array of content blocks")
            && EndMessage(role!.Value);
    }

    private bool Demand(bool there, string member, string what) =>
        there
        || _scan.Fail(
            "missing_required_parameter",
            MessageParam(member),
            $"'{MessageParam(member)}' is missing. Send {what}."
        );

    private bool EndMessage(ChatRole role)
    {
        // The role may stand behind the content it belongs to. Tool results have theirs already.
        foreach (ref var text in _scan.Texts.Items[_firstText..])
        {
            text = text.Role == ChatRole.Tool ? text : text with { Role = role };
        }

        if (role == ChatRole.User && _firstOwnText >= 0)
        {
            _lastUserLiteral = _firstLiteral;
            _lastUserText = _scan.Texts.Items[_firstOwnText].Utf8;
        }

        _lastRole = role;
        _lastCallsTools = _callsTools;
        return true;
    }

    private bool ScanRole(out ChatRole? role)
    {
        role =
            _scan.Json.TokenType != JsonTokenType.String ? null
            : _scan.Json.ValueTextEquals("user"u8) ? ChatRole.User
            : _scan.Json.ValueTextEquals("assistant"u8) ? ChatRole.Assistant
            : _scan.Json.ValueTextEquals("system"u8) ? ChatRole.System
            : null;
        return role is not null
            || _scan.Fail("invalid_value", MessageParam(".role"), $"'{MessageParam(".role")}' must be {RoleNames}.");
    }

    private readonly string MessageParam(string member = "") => $"messages[{_messageCount}]{member}";

    private readonly ChatFeatures FeaturesOfAll() =>
        _lastRole == ChatRole.Assistant && !_lastCallsTools ? _features | ChatFeatures.AssistantPrefill : _features;
}
