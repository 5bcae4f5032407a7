using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Wye.Extensions.AI.OpenAi;

/// <summary>Reads a chat request body into messages and options, for a model behind an <see cref="IChatClient"/>.</summary>
internal static class RequestBodyReader
{
    /// <summary>Reads a body that a dialect wrote. Members without a name in the options become additional properties.</summary>
    public static (List<ChatMessage> Messages, ChatOptions Options) Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var json = document.RootElement;
        return ([.. json.Items("messages").Select(Message)], OptionsReader.Read(json));
    }

    private static ChatMessage Message(JsonElement json)
    {
        var role = json.Text("role") ?? "user";
        if (role is "tool")
        {
            return new ChatMessage(
                ChatRole.Tool,
                [new FunctionResultContent(json.Text("tool_call_id") ?? "", Joined(json))]
            );
        }

        var message = new ChatMessage(Role(role), [.. Contents(json)]);
        foreach (var call in json.Items("tool_calls"))
        {
            var function = call.Member("function") ?? default;
            message.Contents.Add(
                ContentJson.Call(call.Text("id") ?? "", function.Text("name") ?? "", function.Text("arguments") ?? "")
            );
        }

        return message;
    }

    private static ChatRole Role(string role) =>
        role switch
        {
            "developer" or "system" => ChatRole.System,
            "assistant" => ChatRole.Assistant,
            _ => new ChatRole(role),
        };

    private static string Joined(JsonElement message) =>
        message.Text("content") ?? string.Concat(message.Items("content").Select(part => part.Text("text")));

    private static IEnumerable<AIContent> Contents(JsonElement message)
    {
        if (message.Text("content") is { } text)
        {
            yield return new TextContent(text);
        }

        foreach (var part in message.Items("content"))
        {
            if (Part(part) is { } content)
            {
                yield return content;
            }
        }
    }

    private static AIContent? Part(JsonElement part) =>
        part.Text("type") switch
        {
            "image_url" => Link((part.Member("image_url") ?? default).Text("url"), "image/*"),
            "input_audio" => Audio(part.Member("input_audio") ?? default),
            "file" => File(part.Member("file") ?? default),
            "refusal" => new TextContent(part.Text("refusal")),
            _ => part.Text("text") is { } text ? new TextContent(text) : null,
        };

    private static AIContent? Link(string? url, string mediaType) =>
        url is null ? null
        : url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? new DataContent(url)
        : Uri.TryCreate(url, UriKind.Absolute, out var uri) ? new UriContent(uri, mediaType)
        : null;

    private static DataContent? Audio(JsonElement audio) =>
        audio.Text("data") is { } encoded
            ? new DataContent($"data:audio/{audio.Text("format") ?? "wav"};base64,{encoded}")
            : null;

    private static AIContent? File(JsonElement file) =>
        file.Text("file_id") is { } id ? new HostedFileContent(id)
        : file.Text("file_data") is { } uri && uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            ? new DataContent(uri) { Name = file.Text("filename") }
        : null;
}
