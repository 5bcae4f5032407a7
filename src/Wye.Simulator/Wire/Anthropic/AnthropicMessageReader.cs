using System.Text.Json;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>Reads the <c>messages</c> of a request and checks that tool uses and their results belong together.</summary>
internal sealed class AnthropicMessageReader(PromptWriter writer, AnthropicVersion version, bool thinks)
{
    private readonly AnthropicBlockReader _blocks = new(writer, version);
    private int _lastToolTurn = -1;
    private string? _lastToolTurnBegins;

    public WireError? Read(JsonElement root)
    {
        if (AnthropicFields.Value(root, "messages") is not { } messages)
        {
            return AnthropicFields.Required("messages");
        }

        if (messages.ValueKind != JsonValueKind.Array)
        {
            return AnthropicFields.Invalid("messages: Input should be a valid list");
        }

        var count = messages.GetArrayLength();
        if (count == 0)
        {
            return AnthropicFields.Invalid("messages: at least one message is required");
        }

        var index = 0;
        foreach (var message in messages.EnumerateArray())
        {
            if (ReadMessage(message, index, last: index == count - 1) is { } error)
            {
                return error;
            }

            index++;
        }

        return _blocks.Unanswered() ?? CheckThinking();
    }

    private WireError? ReadMessage(JsonElement message, int index, bool last)
    {
        var role = AnthropicFields.Text(message, "role");
        if (role is not ("user" or "assistant"))
        {
            return role switch
            {
                null => AnthropicFields.Required($"messages.{index}.role"),
                "system" => AnthropicFields.Invalid(
                    "messages: Unexpected role \"system\". The Messages API accepts a top-level `system` parameter, not \"system\" as an input message role."
                ),
                _ => AnthropicFields.Invalid(
                    $"messages: Unexpected role \"{role}\". Allowed roles are \"user\" or \"assistant\""
                ),
            };
        }

        if (AnthropicFields.Value(message, "content") is not { } content)
        {
            return AnthropicFields.Required($"messages.{index}.content");
        }

        var assistant = role is "assistant";
        var error = content.ValueKind switch
        {
            JsonValueKind.String => _blocks.ReadText(content, role, index, last && assistant),
            JsonValueKind.Array => ReadBlocks(content, role, index, last && assistant),
            _ => AnthropicFields.Invalid($"messages.{index}.content: Input should be a valid list"),
        };
        writer.End();
        return error;
    }

    private WireError? ReadBlocks(JsonElement content, string role, int index, bool mayBeEmpty)
    {
        if (content.GetArrayLength() == 0 && !mayBeEmpty)
        {
            return AnthropicBlockReader.Empty(index);
        }

        if (_blocks.BeginMessage(role, index) is { } unanswered)
        {
            return unanswered;
        }

        var number = 0;
        string? first = null;
        foreach (var block in content.EnumerateArray())
        {
            var type = AnthropicFields.Text(block, "type");
            first ??= type;
            if (_blocks.Read(block, type, role, $"messages.{index}.content.{number++}") is { } error)
            {
                return error;
            }

            if (type is "tool_use")
            {
                (_lastToolTurn, _lastToolTurnBegins) = (index, first);
            }
        }

        return null;
    }

    /// <summary>Whoever thinks must be given back the thoughts that led to the last tool use.</summary>
    private WireError? CheckThinking() =>
        thinks && _lastToolTurn >= 0 && _lastToolTurnBegins is not ("thinking" or "redacted_thinking")
            ? AnthropicFields.Invalid(
                $"messages.{_lastToolTurn}.content.0.type: Expected `thinking` or `redacted_thinking`, but found `{_lastToolTurnBegins}`. When `thinking` is enabled, a final `assistant` message must start with a thinking block."
            )
            : null;
}
