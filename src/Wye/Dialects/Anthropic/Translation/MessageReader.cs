using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Reads the system prompt and the messages of a messages request.</summary>
internal static class MessageReader
{
    /// <summary>All messages, in order, the system prompt first.</summary>
    public static ImmutableArray<ConversationMessage> Read(JsonElement body, Draft draft)
    {
        var read = ImmutableArray.CreateBuilder<ConversationMessage>();
        var system = Parts(body.Member("system"u8), "system", draft);
        if (!system.IsEmpty)
        {
            read.Add(new(ChatRole.System, system));
        }

        var index = 0;
        foreach (var message in body.Member("messages"u8).Items())
        {
            draft.DropOthers(message, "role", "content");
            var parts = Parts(message.Member("content"u8), $"messages[{index++}].content", draft);
            Add(read, message.String("role"u8), parts);
        }

        return read.ToImmutable();
    }

    private static void Add(
        ImmutableArray<ConversationMessage>.Builder read,
        string? role,
        ImmutableArray<ConversationPart> parts
    )
    {
        if (role is "assistant" or "system")
        {
            read.Add(new(role is "assistant" ? ChatRole.Assistant : ChatRole.System, parts));
            return;
        }

        // Results of tools are messages of their own in the canonical form, before what the user says to them.
        var results = parts.RemoveAll(part => part is not ToolResultPart);
        var rest = parts.RemoveAll(part => part is ToolResultPart);
        if (!results.IsEmpty)
        {
            read.Add(new(ChatRole.Tool, results));
        }

        if (!rest.IsEmpty || results.IsEmpty)
        {
            read.Add(new(ChatRole.User, rest));
        }
    }

    private static ImmutableArray<ConversationPart> Parts(JsonElement content, string path, Draft draft)
    {
        if (content.String() is { } text)
        {
            return [new TextPart(text)];
        }

        var parts = ImmutableArray.CreateBuilder<ConversationPart>();
        var index = 0;
        foreach (var block in content.Items())
        {
            if (Part(block, $"{path}[{index++}]", draft) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts.ToImmutable();
    }

    private static ConversationPart? Part(JsonElement block, string path, Draft draft)
    {
        switch (block.String("type"u8))
        {
            // The system prompt's blocks may leave the type out.
            case "text" or null:
                if (block.Member("citations"u8).Asks())
                {
                    draft.Drop("citations");
                }

                draft.DropOthers(block, "type", "text", "citations");
                return new TextPart(block.String("text"u8) ?? "");
            case "image":
                draft.DropOthers(block, "type", "source");
                return Image(block.Member("source"u8), path, draft);
            case "document":
                draft.DropOthers(block, "type", "source", "title", "citations");
                return Document(block, path, draft);
            case "tool_use" when block.String("id"u8) is { } id:
                draft.DropOthers(block, "type", "id", "name", "input", "caller");
                var input = block.Member("input"u8);
                return new ToolCallPart(id, block.String("name"u8) ?? "", input.IsObject() ? input.GetRawText() : "{}");
            case "tool_result" when block.String("tool_use_id"u8) is { } id:
                draft.DropOthers(block, "type", "tool_use_id", "content", "is_error");
                return new ToolResultPart(id, Parts(block.Member("content"u8), path + ".content", draft))
                {
                    IsError = block.Member("is_error"u8).Flag() is true,
                };
            case "thinking":
                return new ThinkingPart(block.String("thinking"u8) ?? "", block.String("signature"u8));
            case "redacted_thinking":
                draft.Drop("thinking");
                return null;
            case var type:
                return draft.RefusePart(path, $"a block of the type {type}");
        }
    }

    private static ConversationPart Image(JsonElement source, string path, Draft draft) =>
        source.String("type"u8) switch
        {
            "base64" when source.Member("data"u8).Utf8(draft.Body) is { } bytes => new ImagePart
            {
                MediaType = source.String("media_type"u8) ?? "image/png",
                Base64 = bytes,
                Path = path + ".source",
            },
            "url" when source.String("url"u8) is { } url && TextUrl.IsHttp(url) => new ImagePart
            {
                Url = url,
                Path = path + ".source",
            },
            _ => draft.RefusePart(path + ".source", "an image neither by address nor by its bytes"),
        };

    private static ConversationPart Document(JsonElement block, string path, Draft draft)
    {
        if (block.Member("citations"u8).Member("enabled"u8).Flag() is true)
        {
            draft.Drop("citations");
        }

        var source = block.Member("source"u8);
        var title = block.String("title"u8);
        return source.String("type"u8) switch
        {
            "base64" when source.Member("data"u8).Utf8(draft.Body) is { } bytes => new DocumentPart
            {
                MediaType = source.String("media_type"u8) ?? "application/pdf",
                Base64 = bytes,
                Title = title,
                Path = path + ".source",
            },
            "text" when source.String("data"u8) is { } text => new DocumentPart { Text = text, Title = title },
            "url" when source.String("url"u8) is { } url && TextUrl.IsHttp(url) => new DocumentPart
            {
                Url = url,
                Title = title,
                Path = path + ".source",
            },
            _ => draft.RefusePart(path + ".source", "a document neither by address nor by its bytes or text"),
        };
    }
}
