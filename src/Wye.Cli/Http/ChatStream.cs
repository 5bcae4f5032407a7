using System.Text;
using System.Text.Json;
using Wye.Primitives;

namespace Wye.Cli.Http;

/// <summary>Reads a streamed answer: text deltas, an error in mid-stream, and the closing <c>: wye {json}</c> comment.</summary>
internal static class ChatStream
{
    /// <summary>Reads to the terminator. A stream that stops without one is an error.</summary>
    public static async Task<ChatAnswer> ReadAsync(
        Stream body,
        ChatAnswer head,
        Action<string>? onText,
        CancellationToken cancellationToken
    )
    {
        var text = new StringBuilder();
        var answer = head;
        using var reader = new StreamReader(body, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(": wye ", StringComparison.Ordinal))
            {
                answer = Close(answer, line[6..]);
            }
            else if (line is "data: [DONE]")
            {
                return answer with { Text = text.ToString() };
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var (delta, error) = Chunk(line[6..]);
                if (error is not null)
                {
                    return answer with { Text = text.ToString(), Error = error };
                }

                text.Append(delta);
                onText?.Invoke(delta);
            }
        }

        return answer with
        {
            Text = text.ToString(),
            Error = "the stream stopped before its end",
        };
    }

    private static (string Delta, string? Error) Chunk(string json)
    {
        using var chunk = JsonDocument.Parse(json);
        if (chunk.RootElement.TryGetProperty("error", out var error))
        {
            return ("", error.TryGetProperty("message", out var message) ? message.GetString() : error.ToString());
        }

        return
            chunk.RootElement.TryGetProperty("choices", out var choices)
            && choices.GetArrayLength() > 0
            && choices[0].TryGetProperty("delta", out var delta)
            && delta.TryGetProperty("content", out var content)
            && content.ValueKind == JsonValueKind.String
            ? (content.GetString()!, null)
            : ("", null);
    }

    private static ChatAnswer Close(ChatAnswer answer, string json)
    {
        using var closing = JsonDocument.Parse(json);
        return answer with
        {
            Cost = Amount(closing.RootElement, "cost_usd") ?? answer.Cost,
            Saved = Amount(closing.RootElement, "saved_usd") ?? answer.Saved,
            Attempts =
                closing.RootElement.TryGetProperty("attempts", out var n) && n.TryGetInt32(out var attempts)
                    ? attempts
                    : answer.Attempts,
        };
    }

    private static Usd? Amount(JsonElement root, string name) =>
        !root.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? Usd.FromDollars(value.GetDecimal())
        : ChatAnswer.Dollars(value.ValueKind == JsonValueKind.String ? value.GetString() : null);
}
