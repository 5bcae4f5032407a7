using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Wye.Extensions.AI.OpenAi;

/// <summary>Reads a whole answer in the OpenAI form; of several choices the first.</summary>
internal static class AnswerReader
{
    /// <summary>The answer; <paramref name="body"/> was read by a dialect before, so it is an answer.</summary>
    public static ChatResponse Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var json = document.RootElement;
        var choice = json.Items("choices").FirstOrDefault();
        var message = choice.Member("message") ?? default;
        var answer = new ChatMessage(ChatRole.Assistant, [.. Contents(message)]) { MessageId = json.Text("id") };
        foreach (var call in message.Items("tool_calls"))
        {
            var function = call.Member("function") ?? default;
            answer.Contents.Add(
                ContentJson.Call(call.Text("id") ?? "", function.Text("name") ?? "", function.Text("arguments") ?? "")
            );
        }

        return new ChatResponse(answer)
        {
            ResponseId = json.Text("id"),
            CreatedAt = CreatedAt(json),
            FinishReason = Finish(choice),
            Usage = json.Member("usage") is { } usage ? ReadUsage(usage) : null,
        };
    }

    /// <summary>Text, visible reasoning and refusal of a message or delta.</summary>
    public static IEnumerable<AIContent> Contents(JsonElement message)
    {
        if ((message.Text("reasoning_content") ?? message.Text("reasoning")) is { Length: > 0 } reasoning)
        {
            yield return new TextReasoningContent(reasoning);
        }

        if (message.Text("content") is { Length: > 0 } text)
        {
            yield return new TextContent(text);
        }

        foreach (var part in message.Items("content"))
        {
            if (part.Text("text") is { Length: > 0 } partText)
            {
                yield return new TextContent(partText);
            }
        }

        if (message.Text("refusal") is { Length: > 0 } refusal)
        {
            yield return new ErrorContent(refusal) { ErrorCode = "refusal" };
        }
    }

    public static ChatFinishReason? Finish(JsonElement choice) =>
        choice.Text("finish_reason") is { Length: > 0 } reason ? new ChatFinishReason(reason) : null;

    public static DateTimeOffset? CreatedAt(JsonElement json) =>
        json.Whole("created") is { } seconds and > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public static UsageDetails ReadUsage(JsonElement usage)
    {
        var prompt = usage.Member("prompt_tokens_details") ?? default;
        var output = usage.Member("completion_tokens_details") ?? default;
        return new UsageDetails
        {
            InputTokenCount = usage.Whole("prompt_tokens"),
            OutputTokenCount = usage.Whole("completion_tokens"),
            TotalTokenCount = usage.Whole("total_tokens"),
            CachedInputTokenCount = prompt.Whole("cached_tokens"),
            ReasoningTokenCount = output.Whole("reasoning_tokens"),
        };
    }
}
