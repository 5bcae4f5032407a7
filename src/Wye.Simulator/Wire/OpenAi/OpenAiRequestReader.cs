using System.Text;
using System.Text.Json;
using Wye.Simulator.Answers;

namespace Wye.Simulator.Wire.OpenAi;

/// <summary>Reads the body of <c>POST /v1/chat/completions</c> in one pass.</summary>
internal static class OpenAiRequestReader
{
    public static WireError? Read(SimulatedCall call, ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A request is a JSON object.");
        }

        var tokens = Tokenizer.PerRequest;
        var sawMessages = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("messages"u8))
            {
                json.Read();
                sawMessages = true;
                if (OpenAiMessageReader.Read(call, ref json, ref tokens) is { } error)
                {
                    return error;
                }
            }
            else if (ReadOption(call, ref json, ref tokens) is { } error)
            {
                return error;
            }
        }

        // Anything after the object is an error of the body too.
        json.Read();
        call.PromptTokens = tokens;
        return call.ModelName.Length == 0 ? new WireError(400, "you must provide a model parameter")
            : !sawMessages ? WireError.Missing("messages")
            : call.Transcript.Segments.Count == 0
                ? WireError.Invalid(
                    "messages",
                    "Invalid 'messages': empty array. Expected an array with minimum length 1."
                )
            : null;
    }

    private static WireError? ReadOption(SimulatedCall call, ref Utf8JsonReader json, ref int tokens)
    {
        if (json.ValueTextEquals("model"u8))
        {
            json.Read();
            if (json.TokenType != JsonTokenType.String)
            {
                return WireError.Invalid("model", "Invalid type for 'model': expected a string.");
            }

            call.ModelName = json.GetString()!;
        }
        else if (json.ValueTextEquals("stream"u8))
        {
            json.Read();
            call.Stream = json.TokenType == JsonTokenType.True;
        }
        else if (json.ValueTextEquals("stream_options"u8))
        {
            json.Read();
            ReadStreamOptions(call, ref json);
        }
        else if (json.ValueTextEquals("max_tokens"u8) || json.ValueTextEquals("max_completion_tokens"u8))
        {
            json.Read();
            if (json.TokenType != JsonTokenType.Null)
            {
                if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var limit) || limit < 1)
                {
                    return WireError.Invalid("max_tokens", "Invalid 'max_tokens': expected an integer of at least 1.");
                }

                call.MaxTokens = limit;
            }
        }
        else if (json.ValueTextEquals("n"u8))
        {
            json.Read();
            if (json.TokenType == JsonTokenType.Number)
            {
                if (!json.TryGetInt32(out var n) || n is < 1 or > 128)
                {
                    return WireError.Invalid("n", "Invalid 'n': expected an integer from 1 to 128.");
                }

                call.Choices = n;
            }
        }
        else if (json.ValueTextEquals("temperature"u8))
        {
            json.Read();
            call.Temperature = json.TokenType == JsonTokenType.Number ? json.GetDouble() : null;
        }
        else if (json.ValueTextEquals("logprobs"u8))
        {
            json.Read();
            call.LogProbs = json.TokenType == JsonTokenType.True;
        }
        else if (json.ValueTextEquals("parallel_tool_calls"u8))
        {
            json.Read();
            call.ParallelTools = json.TokenType != JsonTokenType.False;
        }
        else if (json.ValueTextEquals("stop"u8))
        {
            json.Read();
            ReadStop(call, ref json);
        }
        else if (json.ValueTextEquals("tools"u8))
        {
            json.Read();
            tokens += Tokenizer.Count(OpenAiToolReader.ReadTools(call, ref json));
        }
        else if (json.ValueTextEquals("tool_choice"u8))
        {
            json.Read();
            OpenAiToolReader.ReadChoice(call, ref json);
        }
        else if (json.ValueTextEquals("response_format"u8))
        {
            json.Read();
            tokens += Tokenizer.Count(OpenAiToolReader.ReadFormat(call, ref json));
        }
        else
        {
            json.Skip();
        }

        return null;
    }

    private static void ReadStreamOptions(SimulatedCall call, ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var usage = json.ValueTextEquals("include_usage"u8);
            var continuous = json.ValueTextEquals("continuous_usage_stats"u8);
            json.Read();
            call.IncludeUsage |= usage && json.TokenType == JsonTokenType.True;
            call.ContinuousUsage |= continuous && json.TokenType == JsonTokenType.True;
            json.Skip();
        }
    }

    private static void ReadStop(SimulatedCall call, ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            call.StopTexts.Add(json.GetString()!);
        }
        else if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType == JsonTokenType.String)
            {
                call.StopTexts.Add(json.GetString()!);
            }
        }
    }
}
