using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Wye.Chat;

namespace Wye.Dialects.Recordings;

/// <summary>Makes streams: every dialect × shape of answer × way of writing it. The same every time.</summary>
internal static class RecordingBuilder
{
    /// <summary>Ways of writing the same events, all of them legal.</summary>
    private static readonly string[] Ways =
    [
        "plain",
        "crlf",
        "comments",
        "no blank behind the colon",
        "escaped",
        "fields nobody knows",
        "ids and retries",
    ];

    /// <summary>All recordings.</summary>
    public static IEnumerable<Recording> All()
    {
        foreach (var dialect in new[] { "openai", "anthropic", "gemini" })
        {
            foreach (var answer in RecordedAnswer.Shapes)
            {
                foreach (var way in Ways)
                {
                    yield return Make(dialect, answer, way);
                }
            }
        }
    }

    private static Recording Make(string dialect, RecordedAnswer answer, string way)
    {
        var json = new PayloadWriter(escape: way == "escaped", extra: way == "fields nobody knows");
        List<(string? Name, string Data)> events = dialect switch
        {
            "openai" => [.. OpenAi(answer, json)],
            "anthropic" => [.. Anthropic(answer, json)],
            _ => [.. Gemini(answer, json)],
        };
        var (sent, relayed) = (new StringBuilder(), new StringBuilder());
        var index = 0;
        foreach (var (name, data) in events)
        {
            var head = name is null ? "" : $"event: {name}\n";
            relayed.Append(head).Append("data: ").Append(data).Append("\n\n");
            sent.Append(
                way switch
                {
                    "crlf" => $"{head}data: {data}\n\n".Replace("\n", "\r\n", StringComparison.Ordinal),
                    "comments" => $": ping {index}\n\n{head}: between\ndata: {data}\n\n",
                    "no blank behind the colon" =>
                        $"{head.Replace(": ", ":", StringComparison.Ordinal)}data:{data}\n\n",
                    "ids and retries" => $"id: {index}\n{head}retry: 3000\ndata: {data}\n\n",
                    _ => $"{head}data: {data}\n\n",
                }
            );
            index++;
        }

        return new Recording(
            $"{dialect}, {answer.Name}, {way}",
            dialect,
            Encoding.UTF8.GetBytes(sent.ToString()),
            Encoding.UTF8.GetBytes(relayed.ToString()),
            answer
        );
    }

    private static IEnumerable<(string?, string)> OpenAi(RecordedAnswer answer, PayloadWriter json)
    {
        string Chunk(string delta, string finish = "null") =>
            json.Object(
                $"\"id\":\"c1\",\"choices\":[{{\"index\":0,\"delta\":{{{delta}}},\"finish_reason\":{finish}}}]"
            );

        yield return (null, Chunk("\"role\":\"assistant\",\"content\":\"\""));
        foreach (var piece in Pieces(answer.Reasoning))
        {
            yield return (null, Chunk($"\"reasoning_content\":{json.String(piece)}"));
        }

        foreach (var piece in Pieces(answer.Text))
        {
            yield return (null, Chunk($"\"content\":{json.String(piece)}"));
        }

        for (var i = 0; i < answer.Calls.Length; i++)
        {
            var (name, arguments) = answer.Calls[i];
            yield return (
                null,
                Chunk(
                    $"\"tool_calls\":[{{\"index\":{i},\"id\":\"call_{i}\",\"type\":\"function\",\"function\":{{\"name\":\"{name}\",\"arguments\":\"\"}}}}]"
                )
            );
            foreach (var piece in Pieces(arguments))
            {
                yield return (
                    null,
                    Chunk($"\"tool_calls\":[{{\"index\":{i},\"function\":{{\"arguments\":{json.String(piece)}}}}}]")
                );
            }
        }

        var finish = answer.Finish switch
        {
            FinishReason.Length => "\"length\"",
            FinishReason.ToolCalls => "\"tool_calls\"",
            _ => "\"stop\"",
        };
        yield return (null, Chunk("", finish));
        yield return (null, json.Object("\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7}"));
        yield return (null, "[DONE]");
    }

    private static IEnumerable<(string?, string)> Anthropic(RecordedAnswer answer, PayloadWriter json)
    {
        (string?, string) Event(string type, string members) =>
            (type, json.Object($"\"type\":\"{type}\"" + (members.Length == 0 ? "" : "," + members)));

        yield return Event(
            "message_start",
            "\"message\":{\"id\":\"m1\",\"role\":\"assistant\",\"content\":[],\"usage\":{\"input_tokens\":11,\"output_tokens\":1}}"
        );
        yield return Event("ping", "");
        var block = 0;
        foreach (
            var (kind, member, text) in new[]
            {
                ("thinking", "thinking", answer.Reasoning),
                ("text", "text", answer.Text),
            }
        )
        {
            if (text.Length == 0)
            {
                continue;
            }

            yield return Event(
                "content_block_start",
                $"\"index\":{block},\"content_block\":{{\"type\":\"{kind}\",\"{member}\":\"\"}}"
            );
            foreach (var piece in Pieces(text))
            {
                yield return Event(
                    "content_block_delta",
                    $"\"index\":{block},\"delta\":{{\"type\":\"{kind}_delta\",\"{member}\":{json.String(piece)}}}"
                );
            }

            yield return Event("content_block_stop", $"\"index\":{block++}");
        }

        foreach (var (name, arguments) in answer.Calls)
        {
            yield return Event(
                "content_block_start",
                $"\"index\":{block},\"content_block\":{{\"type\":\"tool_use\",\"id\":\"t{block}\",\"name\":\"{name}\",\"input\":{{}}}}"
            );
            foreach (var piece in Pieces(arguments))
            {
                yield return Event(
                    "content_block_delta",
                    $"\"index\":{block},\"delta\":{{\"type\":\"input_json_delta\",\"partial_json\":{json.String(piece)}}}"
                );
            }

            yield return Event("content_block_stop", $"\"index\":{block++}");
        }

        var stop = answer.Finish switch
        {
            FinishReason.Length => "max_tokens",
            FinishReason.ToolCalls => "tool_use",
            _ => "end_turn",
        };
        yield return Event(
            "message_delta",
            $"\"delta\":{{\"stop_reason\":\"{stop}\",\"stop_sequence\":null}},\"usage\":{{\"output_tokens\":7}}"
        );
        // Written as Wye itself writes it, which does not relay the provider's own terminator.
        yield return ("message_stop", "{\"type\":\"message_stop\"}");
    }

    private static IEnumerable<(string?, string)> Gemini(RecordedAnswer answer, PayloadWriter json)
    {
        (string?, string) Piece(string part, string more = "") =>
            (
                null,
                json.Object(
                    $"\"candidates\":[{{\"content\":{{\"role\":\"model\",\"parts\":[{part}]}},\"index\":0{more}}}],\"responseId\":\"r1\""
                )
            );

        foreach (var piece in Pieces(answer.Reasoning))
        {
            yield return Piece($"{{\"text\":{json.String(piece)},\"thought\":true}}");
        }

        foreach (var piece in Pieces(answer.Text))
        {
            yield return Piece($"{{\"text\":{json.String(piece)}}}");
        }

        foreach (var (name, arguments) in answer.Calls)
        {
            yield return Piece($"{{\"functionCall\":{{\"name\":\"{name}\",\"args\":{arguments}}}}}");
        }

        var finish = answer.Finish == FinishReason.Length ? "MAX_TOKENS" : "STOP";
        var (_, last) = Piece("{\"text\":\"\"}", $",\"finishReason\":\"{finish}\"");
        yield return (null, last[..^1] + ",\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":7}}");
    }

    /// <summary>The text in pieces of one to six characters, never inside a pair.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        for (int start = 0, size = 1; start < text.Length; size = (size % 6) + 1)
        {
            var end = Math.Min(text.Length, start + size);
            end += end < text.Length && char.IsLowSurrogate(text[end]) ? 1 : 0;
            yield return text[start..end];
            start = end;
        }
    }

    private sealed class PayloadWriter(bool escape, bool extra)
    {
        private static readonly JsonEncodedText Nothing = JsonEncodedText.Encode("");

        public string String(string text) =>
            "\""
            + (
                text.Length == 0
                    ? Nothing.ToString()
                    : JsonEncodedText
                        .Encode(text, escape ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping)
                        .ToString()
            )
            + "\"";

        public string Object(string members) =>
            extra ? $"{{{members},\"x_new\":{{\"n\":[1.50,1e3,null]}}}}" : $"{{{members}}}";
    }
}
