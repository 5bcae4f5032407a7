using System.Text;
using System.Text.Json;
using Wye.Simulator.Answers;

namespace Wye.Simulator.Wire.OpenAi;

/// <summary>Reads the <c>messages</c> of an OpenAI chat request and counts their tokens.</summary>
internal static class OpenAiMessageReader
{
    public static WireError? Read(SimulatedCall call, ref Utf8JsonReader json, ref int tokens)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return WireError.Invalid("messages", "Invalid type for 'messages': expected an array of objects.");
        }

        var index = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                return WireError.Invalid("messages", $"Invalid type for 'messages[{index}]': expected an object.");
            }

            if (!ReadMessage(call, ref json, ref tokens))
            {
                return WireError.Missing($"messages[{index}].role");
            }

            index++;
        }

        return null;
    }

    private static bool ReadMessage(SimulatedCall call, ref Utf8JsonReader json, ref int tokens)
    {
        var transcript = call.Transcript;
        var start = transcript.Length;
        var textLength = 0;
        string? role = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("role"u8))
            {
                json.Read();
                role = ReadRole(ref json);
            }
            else if (json.ValueTextEquals("content"u8))
            {
                json.Read();
                ReadContent(call, ref json, ref tokens);
                textLength = transcript.Length - start;
            }
            else if (json.ValueTextEquals("tool_calls"u8))
            {
                json.Read();
                var from = json.TokenStartIndex;
                transcript.AppendOpaque(JsonElementBytes(ref json));
                tokens += Tokenizer.Count((int)(json.BytesConsumed - from));
            }
            else
            {
                json.Skip();
            }
        }

        if (role is null)
        {
            return false;
        }

        tokens += Tokenizer.PerMessage + Tokenizer.Count(textLength);
        call.EndsWithUser = string.Equals(role, "user", StringComparison.Ordinal);
        if (call.EndsWithUser)
        {
            call.Prompt = Encoding.UTF8.GetString(transcript.Bytes.Slice(start, textLength));
        }

        transcript.EndMessage(role, start, textLength);
        return true;
    }

    private static void ReadContent(SimulatedCall call, ref Utf8JsonReader json, ref int tokens)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            call.Transcript.Append(ref json);
            return;
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        var start = call.Transcript.Length;
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("text"u8) || json.ValueTextEquals("refusal"u8))
                {
                    json.Read();
                    if (call.Transcript.Length > start)
                    {
                        call.Transcript.Append("\n"u8);
                    }

                    call.Transcript.Append(ref json);
                }
                else if (json.ValueTextEquals("image_url"u8))
                {
                    json.Read();
                    tokens += ReadImage(call, ref json);
                }
                else
                {
                    json.Skip();
                }
            }
        }
    }

    private static int ReadImage(SimulatedCall call, ref Utf8JsonReader json)
    {
        var low = false;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return Tokenizer.Image;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var url = json.ValueTextEquals("url"u8);
            var detail = json.ValueTextEquals("detail"u8);
            json.Read();
            if (url && json.TokenType == JsonTokenType.String)
            {
                call.Transcript.AppendOpaque(json.ValueSpan);
            }

            low |= detail && json.TokenType == JsonTokenType.String && json.ValueTextEquals("low"u8);
            json.Skip();
        }

        return low ? Tokenizer.LowDetailImage : Tokenizer.Image;
    }

    private static string? ReadRole(ref Utf8JsonReader json) =>
        json.TokenType != JsonTokenType.String ? null
        : json.ValueTextEquals("user"u8) ? "user"
        : json.ValueTextEquals("assistant"u8) ? "assistant"
        : json.ValueTextEquals("system"u8) ? "system"
        : json.GetString();

    private static byte[] JsonElementBytes(ref Utf8JsonReader json) =>
        Encoding.UTF8.GetBytes(JsonElement.ParseValue(ref json).GetRawText());
}
