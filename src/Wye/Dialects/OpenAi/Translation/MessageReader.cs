using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Reads the messages of a chat completion request.</summary>
internal static class MessageReader
{
    // Those that are read, or named in other words when they are left out.
    private static readonly string[] Known =
    [
        "role",
        "content",
        "name",
        "tool_calls",
        "tool_call_id",
        "refusal",
        "function_call",
        "audio",
        "reasoning_content",
        "reasoning",
    ];

    /// <summary>All messages, in order.</summary>
    public static ImmutableArray<ConversationMessage> Read(JsonElement messages, Draft draft)
    {
        var read = ImmutableArray.CreateBuilder<ConversationMessage>();
        foreach (var message in messages.Items())
        {
            read.Add(ReadOne(message, $"messages[{read.Count}]", draft));
        }

        return read.ToImmutable();
    }

    private static ConversationMessage ReadOne(JsonElement message, string path, Draft draft)
    {
        if (message.Member("name"u8).Asks())
        {
            draft.Drop("name");
        }

        draft.DropOthers(message, Known);
        var parts = Parts(message.Member("content"u8), path + ".content", draft);
        switch (message.String("role"u8))
        {
            case "system" or "developer":
                if (parts.Any(part => part is not TextPart))
                {
                    draft.Refuse(path + ".content", "instructions other than text");
                }

                return new(ChatRole.System, parts);
            case "user":
                return new(ChatRole.User, parts);
            case "assistant":
                return new(ChatRole.Assistant, [.. parts, .. OfAssistant(message, path, draft)]);
            case "tool" when message.String("tool_call_id"u8) is { } id:
                return new(ChatRole.Tool, [new ToolResultPart(id, parts)]);
            case "tool":
                draft.Refuse(path + ".tool_call_id", "missing");
                return new(ChatRole.Tool, []);
            default:
                draft.Refuse(path + ".role", "a role of the older function calls");
                return new(ChatRole.Tool, []);
        }
    }

    private static IEnumerable<ConversationPart> OfAssistant(JsonElement message, string path, Draft draft)
    {
        if (message.String("refusal"u8) is { Length: > 0 } refusal)
        {
            yield return new TextPart(refusal);
        }

        if (message.Member("function_call"u8).Asks() || message.Member("audio"u8).Asks())
        {
            draft.Refuse(path, "an audio answer or a call of the older kind");
        }

        if (message.Member("reasoning_content"u8).Asks() || message.Member("reasoning"u8).Asks())
        {
            draft.Drop("reasoning_content");
        }

        var index = 0;
        foreach (var call in message.Member("tool_calls"u8).Items())
        {
            var function = call.Member("function"u8);
            draft.DropOthers(call, "id", "type", "function", "index");
            if (call.String("id"u8) is { } id && function.String("name"u8) is { } name)
            {
                yield return new ToolCallPart(id, name, CallReader.Arguments(function) ?? "");
            }
            else
            {
                draft.Refuse($"{path}.tool_calls[{index}]", "no call of a function with an id and a name");
            }

            index++;
        }
    }

    private static ImmutableArray<ConversationPart> Parts(JsonElement content, string path, Draft draft)
    {
        if (content.String() is { } text)
        {
            return [new TextPart(text)];
        }

        var parts = ImmutableArray.CreateBuilder<ConversationPart>();
        foreach (var part in content.Items())
        {
            parts.Add(Part(part, $"{path}[{parts.Count}]", draft));
        }

        return parts.ToImmutable();
    }

    private static ConversationPart Part(JsonElement part, string path, Draft draft)
    {
        switch (part.String("type"u8))
        {
            case "text":
                draft.DropOthers(part, "type", "text");
                return new TextPart(part.String("text"u8) ?? "");
            case "refusal":
                draft.DropOthers(part, "type", "refusal", "text");
                return new TextPart(part.String("refusal"u8) ?? part.String("text"u8) ?? "");
            case "image_url":
                draft.DropOthers(part, "type", "image_url");
                return Image(part.Member("image_url"u8), path + ".image_url.url", draft);
            case "file":
                draft.DropOthers(part, "type", "file");
                return File(part.Member("file"u8), path, draft);
            case var type:
                return draft.RefusePart(path, $"a part of the type {type}");
        }
    }

    private static ConversationPart Image(JsonElement image, string path, Draft draft)
    {
        var url = image.Utf8(draft.Body) ?? image.Member("url"u8).Utf8(draft.Body) ?? default;
        if (image.String("detail"u8) is "low" or "high")
        {
            draft.Drop("detail");
        }

        draft.DropOthers(image, "url", "detail");
        return ImageAddress.Read(url, path, draft);
    }

    private static ConversationPart File(JsonElement file, string path, Draft draft) =>
        file.Member("file_data"u8).Utf8(draft.Body) is { } bytes && TextUrl.TryRead(bytes, out var type, out var base64)
            ? new DocumentPart
            {
                MediaType = type,
                Base64 = base64,
                Title = file.String("filename"u8),
                Path = path + ".file.file_data",
            }
            : draft.RefusePart(path + ".file", "a file that does not come with its bytes as a base64 data address");
}
