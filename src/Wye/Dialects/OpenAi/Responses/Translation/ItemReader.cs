using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.OpenAi.Translation;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Responses.Translation;

/// <summary>Reads input items into messages: what the model said and called in one turn becomes one message.</summary>
internal sealed class ItemReader
{
    private readonly ImmutableArray<ConversationMessage>.Builder _messages =
        ImmutableArray.CreateBuilder<ConversationMessage>();
    private readonly List<ConversationPart> _turn = [];
    private readonly Draft _draft;

    private ItemReader(Draft draft) => _draft = draft;

    /// <summary>All messages, in order. The caller's items are named as the caller counts them.</summary>
    /// <param name="instructions">What stands before all; null = nothing.</param>
    /// <param name="input">A text or the items.</param>
    /// <param name="kept">Items that stand before the caller's own.</param>
    /// <param name="draft">The reading.</param>
    public static ImmutableArray<ConversationMessage> Read(
        string? instructions,
        JsonElement input,
        int kept,
        Draft draft
    )
    {
        var reader = new ItemReader(draft);
        if (instructions is not null)
        {
            reader._messages.Add(new(ChatRole.System, [new TextPart(instructions)]));
        }

        if (input.String() is { } text)
        {
            reader._messages.Add(new(ChatRole.User, [new TextPart(text)]));
        }

        var index = 0;
        foreach (var item in input.Items())
        {
            reader.ReadItem(item, index < kept ? $"previous_response_id[{index}]" : $"input[{index - kept}]");
            index++;
        }

        reader.EndTurn();
        return reader._messages.ToImmutable();
    }

    private void ReadItem(JsonElement item, string path)
    {
        switch (item.String("type"u8))
        {
            case null or "message":
                ReadMessage(item, path);
                break;
            case "function_call":
                _draft.DropOthers(item, "type", "id", "status", "call_id", "name", "arguments");
                if (item.String("call_id"u8) is { } call && item.String("name"u8) is { } name)
                {
                    _turn.Add(new ToolCallPart(call, name, CallReader.Arguments(item) ?? ""));
                }
                else
                {
                    _draft.Refuse(path, "no call of a function with a call_id and a name");
                }

                break;
            case "function_call_output" when item.String("call_id"u8) is { } id:
                EndTurn();
                _draft.DropOthers(item, "type", "id", "status", "call_id", "output");
                var output = Parts(item.Member("output"u8), path + ".output");
                _messages.Add(new(ChatRole.Tool, [new ToolResultPart(id, output)]));
                break;
            case "reasoning":
                // What proves it is known to its own provider only.
                _draft.Drop("reasoning");
                break;
            case "item_reference":
                _draft.Refuse(path, "an item by its id: send the item itself, or previous_response_id");
                break;
            case var type:
                _draft.Refuse(path, $"an item of the type {type}");
                break;
        }
    }

    private void ReadMessage(JsonElement item, string path)
    {
        _draft.DropOthers(item, "type", "id", "status", "role", "content");
        var parts = Parts(item.Member("content"u8), path + ".content");
        switch (item.String("role"u8))
        {
            case "assistant":
                _turn.AddRange(parts);
                return;
            case "user":
                EndTurn();
                _messages.Add(new(ChatRole.User, parts));
                return;
            default:
                EndTurn();
                if (parts.Any(part => part is not TextPart))
                {
                    _draft.Refuse(path + ".content", "instructions other than text");
                }

                _messages.Add(new(ChatRole.System, parts));
                return;
        }
    }

    private void EndTurn()
    {
        if (_turn.Count > 0)
        {
            _messages.Add(new(ChatRole.Assistant, [.. _turn]));
            _turn.Clear();
        }
    }

    private ImmutableArray<ConversationPart> Parts(JsonElement content, string path)
    {
        if (content.String() is { } text)
        {
            return [new TextPart(text)];
        }

        var parts = ImmutableArray.CreateBuilder<ConversationPart>();
        foreach (var part in content.Items())
        {
            parts.Add(Part(part, $"{path}[{parts.Count}]"));
        }

        return parts.ToImmutable();
    }

    private ConversationPart Part(JsonElement part, string path)
    {
        switch (part.String("type"u8))
        {
            case "input_text" or "output_text" or "text" or "summary_text":
                _draft.DropOthers(part, "type", "text");
                return new TextPart(part.String("text"u8) ?? "");
            case "refusal":
                _draft.DropOthers(part, "type", "refusal");
                return new TextPart(part.String("refusal"u8) ?? "");
            case "input_image":
                _draft.DropOthers(part, "type", "image_url", "detail");
                return Image(part, path + ".image_url");
            case "input_file":
                _draft.DropOthers(part, "type", "filename", "file_data", "file_url");
                return File(part, path);
            case var type:
                return _draft.RefusePart(path, $"a part of the type {type}");
        }
    }

    private ConversationPart Image(JsonElement part, string path)
    {
        if (part.String("detail"u8) is "low" or "high" or "original")
        {
            _draft.Drop("detail");
        }

        return ImageAddress.Read(part.Member("image_url"u8).Utf8(_draft.Body) ?? default, path, _draft);
    }

    private ConversationPart File(JsonElement part, string path) =>
        part.Member("file_data"u8).Utf8(_draft.Body) is { } bytes
        && TextUrl.TryRead(bytes, out var type, out var base64)
            ? new DocumentPart
            {
                MediaType = type,
                Base64 = base64,
                Title = part.String("filename"u8),
                Path = path + ".file_data",
            }
        : part.String("file_url"u8) is { } url && TextUrl.IsHttp(url)
            ? new DocumentPart
            {
                Url = url,
                Title = part.String("filename"u8),
                Path = path + ".file_url",
            }
        : _draft.RefusePart(path, "a file that comes neither with its bytes as a base64 data address nor by http(s)");
}
