using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Wye.Simulator.Answers;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>Reads content blocks.</summary>
/// <remarks>
/// A tool result becomes a message of its own with role "tool", so that a conversation looks the same in every dialect. Messages of
/// one role in a row are one turn.
/// </remarks>
internal sealed class AnthropicBlockReader(PromptWriter writer, AnthropicVersion version)
{
    private readonly List<string> _asked = [];
    private readonly List<string> _open = [];
    private bool _inAssistant;
    private int _askedIn;

    public static WireError Empty(int index) =>
        AnthropicFields.Invalid(
            $"messages.{index}: all messages must have non-empty content except for the optional final assistant message"
        );

    public WireError? ReadText(JsonElement text, string role, int index, bool mayBeEmpty)
    {
        if (!mayBeEmpty && JsonMarshal.GetRawUtf8Value(text).Length == 2)
        {
            return Empty(index);
        }

        if (BeginMessage(role, index) is { } error)
        {
            return error;
        }

        writer.Begin(role);
        writer.Text(text);
        writer.EndBlock(marked: false);
        return null;
    }

    /// <summary>Follows the turns; an assistant's turn must not begin before its tool uses are answered.</summary>
    public WireError? BeginMessage(string role, int index)
    {
        var assistant = role is "assistant";
        WireError? error = null;
        if (assistant && !_inAssistant)
        {
            error = Unanswered();
            _asked.Clear();
            _open.Clear();
        }

        _inAssistant = assistant;
        _askedIn = assistant ? index : _askedIn;
        return error;
    }

    /// <summary>The error that tool uses were left without results; null: none were.</summary>
    public WireError? Unanswered() =>
        _open.Count == 0
            ? null
            : AnthropicFields.Invalid(
                $"messages.{_askedIn}: `tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", _open)}. Each `tool_use` block must have a corresponding `tool_result` block in the next message."
            );

    public WireError? Read(JsonElement block, string? type, string role, string field)
    {
        if (version == AnthropicVersion.Of2026 && CheckMoved(block, type, role, field) is { } moved)
        {
            return moved;
        }

        var error = type switch
        {
            "text" => ReadTextBlock(block, role, field),
            "image" or "document" => ReadSource(block, type, role, field),
            "tool_use" => ReadToolUse(block, role, field),
            "tool_result" => ReadToolResult(block, field),
            "thinking" => ReadThinking(block, role, field),
            null => AnthropicFields.Required(field + ".type"),
            _ => ReadOther(block, role),
        };
        if (error is null)
        {
            writer.EndBlock(AnthropicFields.IsMarked(block));
        }

        return error;
    }

    /// <summary>What 2026-10-21 no longer takes where it stands.</summary>
    private static WireError? CheckMoved(JsonElement block, string? type, string role, string field) =>
        type is "document" && role is "assistant"
            ? AnthropicFields.Invalid(field + ": `document` blocks are not allowed in `assistant` messages")
        : type is "text"
        && role is "user"
        && AnthropicFields.Value(block, "citations") is { ValueKind: JsonValueKind.Array } citations
        && citations.GetArrayLength() > 0
            ? AnthropicFields.Invalid(field + ".text.citations: citations are not allowed in `user` messages")
        : null;

    private WireError? ReadTextBlock(JsonElement block, string role, string field)
    {
        if (AnthropicFields.Value(block, "text") is not { ValueKind: JsonValueKind.String } text)
        {
            return AnthropicFields.Required(field + ".text.text");
        }

        if (JsonMarshal.GetRawUtf8Value(text).Length == 2)
        {
            return AnthropicFields.Invalid("messages: text content blocks must be non-empty");
        }

        writer.Begin(role);
        writer.Text(text);
        return null;
    }

    private WireError? ReadSource(JsonElement block, string type, string role, string field)
    {
        if (AnthropicFields.Value(block, "source") is not { } source)
        {
            return AnthropicFields.Required($"{field}.{type}.source");
        }

        var needed = AnthropicFields.Text(source, "type") switch
        {
            "base64" or "text" => "data",
            "url" => "url",
            "file" => "file_id",
            "content" => "content",
            _ => "type",
        };
        if (AnthropicFields.Value(source, needed) is null)
        {
            return AnthropicFields.Required($"{field}.{type}.source.{needed}");
        }

        writer.Begin(role);
        writer.Opaque(JsonMarshal.GetRawUtf8Value(source), Tokenizer.Image);
        return null;
    }

    private WireError? ReadToolUse(JsonElement block, string role, string field)
    {
        var (id, name) = (AnthropicFields.Text(block, "id"), AnthropicFields.Text(block, "name"));
        if (id is null || name is null)
        {
            return AnthropicFields.Required($"{field}.tool_use.{(id is null ? "id" : "name")}");
        }

        if (!AnthropicFields.IsName(id))
        {
            return AnthropicFields.Invalid(field + ".tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'");
        }

        if (AnthropicFields.Value(block, "input") is not { ValueKind: JsonValueKind.Object } input)
        {
            return AnthropicFields.Invalid(field + ".tool_use.input: Input should be a valid dictionary");
        }

        var json = JsonMarshal.GetRawUtf8Value(input);
        writer.Begin(role);
        writer.Opaque(Encoding.UTF8.GetBytes(name), Tokenizer.Count(name.Length + json.Length));
        writer.Opaque(json, 0);
        _asked.Add(id);
        _open.Add(id);
        return null;
    }

    private WireError? ReadToolResult(JsonElement block, string field)
    {
        if (AnthropicFields.Text(block, "tool_use_id") is not { } id)
        {
            return AnthropicFields.Required(field + ".tool_result.tool_use_id");
        }

        if (_inAssistant || !_asked.Contains(id))
        {
            return AnthropicFields.Invalid(
                $"{field}: unexpected `tool_use_id` found in `tool_result` blocks: {id}. Each `tool_result` block must have a corresponding `tool_use` block in the previous message."
            );
        }

        _open.Remove(id);
        writer.End();
        writer.Begin("tool");
        ReadResult(block);
        writer.End();
        return null;
    }

    private void ReadResult(JsonElement block)
    {
        if (AnthropicFields.Value(block, "content") is not { } content)
        {
            return;
        }

        if (content.ValueKind == JsonValueKind.String)
        {
            writer.Text(content);
            return;
        }

        foreach (var part in content.EnumerateArray())
        {
            if (AnthropicFields.Value(part, "text") is { ValueKind: JsonValueKind.String } text)
            {
                writer.Text(text);
            }
            else
            {
                writer.Opaque(JsonMarshal.GetRawUtf8Value(part), Tokenizer.Image);
            }
        }
    }

    /// <summary>Thinking of earlier turns costs nothing, but it must come back as it was sent.</summary>
    private WireError? ReadThinking(JsonElement block, string role, string field)
    {
        var (thinking, signature) = (AnthropicFields.Text(block, "thinking"), AnthropicFields.Text(block, "signature"));
        if (thinking is null || signature is null)
        {
            return AnthropicFields.Required($"{field}.thinking.{(thinking is null ? "thinking" : "signature")}");
        }

        var text = Encoding.UTF8.GetBytes(thinking);
        if (!string.Equals(signature, ThinkingSignature.Of(text), StringComparison.Ordinal))
        {
            return AnthropicFields.Invalid($"{field}: Invalid `signature` in `thinking` block");
        }

        writer.Begin(role);
        writer.Opaque(text, 0);
        return null;
    }

    private WireError? ReadOther(JsonElement block, string role)
    {
        var json = JsonMarshal.GetRawUtf8Value(block);
        writer.Begin(role);
        writer.Opaque(json, Tokenizer.Count(json.Length));
        return null;
    }
}
