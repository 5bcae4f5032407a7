using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Wye.Simulator.Answers;

namespace Wye.Simulator.Wire.Gemini;

/// <summary>Reads the body of a generateContent call; as strict as Gemini about what a translation may get wrong.</summary>
internal sealed class GeminiRequestReader(SimulatedCall call)
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "contents",
        "systemInstruction",
        "tools",
        "toolConfig",
        "generationConfig",
        "safetySettings",
        "cachedContent",
    };

    private readonly Transcript _transcript = call.Transcript;
    private int _tokens = Tokenizer.PerRequest;
    private int _asked;

    public WireError? Read(ReadOnlySpan<byte> body)
    {
        var root = JsonElement.Parse(body);
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("A request is a JSON object.");
        }

        foreach (var property in root.EnumerateObject())
        {
            if (!s_known.Contains(property.Name))
            {
                return Invalid($"Invalid JSON payload received. Unknown name \"{property.Name}\": Cannot find field.");
            }
        }

        var error = ReadSystem(root) ?? GeminiOptions.Read(call, root, ref _tokens) ?? ReadContents(root);
        call.PromptTokens = _tokens;
        return error;
    }

    private static WireError Invalid(string message) => new(400, message);

    private WireError? ReadSystem(JsonElement root)
    {
        if (!root.TryGetProperty("systemInstruction", out var system))
        {
            return null;
        }

        return system.TryGetProperty("parts", out var parts) && parts.ValueKind == JsonValueKind.Array
            ? ReadParts("system", parts, "systemInstruction")
            : Invalid("Invalid value at 'system_instruction'.");
    }

    private WireError? ReadContents(JsonElement root)
    {
        if (
            !root.TryGetProperty("contents", out var contents)
            || contents.ValueKind != JsonValueKind.Array
            || contents.GetArrayLength() == 0
        )
        {
            return Invalid("* GenerateContentRequest.contents: contents is not specified\n");
        }

        var index = 0;
        foreach (var content in contents.EnumerateArray())
        {
            var role = content.TryGetProperty("role", out var said) ? said.GetString() : "user";
            if (role is not ("user" or "model"))
            {
                return Invalid("Please use a valid role: user, model.");
            }

            if (
                !content.TryGetProperty("parts", out var parts)
                || parts.ValueKind != JsonValueKind.Array
                || parts.GetArrayLength() == 0
            )
            {
                return Invalid(
                    $"* GenerateContentRequest.contents[{index}].parts: contents.parts must not be empty.\n"
                );
            }

            if (ReadParts(role is "model" ? "assistant" : "user", parts, $"contents[{index++}]") is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private WireError? ReadParts(string role, JsonElement parts, string path)
    {
        var (calls, answers) = (0, 0);
        var message = new Message(role, _transcript.Length);
        foreach (var part in parts.EnumerateArray())
        {
            if (part.TryGetProperty("text", out var text))
            {
                if (text.ValueKind != JsonValueKind.String)
                {
                    return Invalid($"Invalid value at '{path}.parts.text' (TYPE_STRING).");
                }

                AddText(message, text.GetString()!);
            }
            else if (part.TryGetProperty("inlineData", out var data))
            {
                if (!data.TryGetProperty("mimeType", out _) || !data.TryGetProperty("data", out var bytes))
                {
                    return Invalid($"Invalid value at '{path}.parts.inline_data'.");
                }

                _transcript.AppendOpaque(JsonMarshal.GetRawUtf8Value(bytes));
                message.Extra += Tokenizer.Image;
            }
            else if (part.TryGetProperty("functionCall", out var asked))
            {
                calls++;
                if (!asked.TryGetProperty("name", out _) || IsNoObject(asked, "args"))
                {
                    return Invalid($"Invalid value at '{path}.parts.function_call'.");
                }

                _transcript.AppendOpaque(JsonMarshal.GetRawUtf8Value(asked));
                message.Extra += Tokenizer.Count(JsonMarshal.GetRawUtf8Value(asked).Length);
            }
            else if (part.TryGetProperty("functionResponse", out var answer))
            {
                answers++;
                if (!answer.TryGetProperty("name", out _) || !answer.TryGetProperty("response", out var response))
                {
                    return Invalid($"Invalid value at '{path}.parts.function_response'.");
                }

                AddResult(response);
            }
            else
            {
                return Invalid(
                    $"* GenerateContentRequest.{path}.parts: required oneof field 'data' must have one initialized field\n"
                );
            }
        }

        End(message, answers);
        return Balance(role, calls, answers);
    }

    /// <summary>The turn after calls must bring as many results.</summary>
    private WireError? Balance(string role, int calls, int answers)
    {
        if (role is "system")
        {
            return null;
        }

        var wrong = answers != _asked;
        _asked = calls;
        return wrong
            ? Invalid(
                "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn."
            )
            : null;
    }

    private static bool IsNoObject(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Object;

    /// <summary>A result is a message of its own with role "tool", so that a conversation looks the same in every dialect.</summary>
    private void AddResult(JsonElement response)
    {
        var text =
            response.ValueKind == JsonValueKind.Object
            && (response.TryGetProperty("output", out var said) || response.TryGetProperty("error", out said))
            && said.ValueKind == JsonValueKind.String
                ? said.GetString()!
                : response.GetRawText();
        var result = new Message("tool", _transcript.Length);
        AddText(result, text);
        End(result, 0);
    }

    private void AddText(Message message, string text)
    {
        if (message.Text > 0)
        {
            _transcript.Append("\n"u8);
        }
        else
        {
            // Results of tools may stand before it.
            message.Start = _transcript.Length;
        }

        _transcript.Append(Encoding.UTF8.GetBytes(text));
        message.Text = _transcript.Length - message.Start;
    }

    private void End(Message message, int results)
    {
        // A turn that only brings results has no text of its own; they are messages already.
        if (results > 0 && message.Extra == 0)
        {
            call.EndsWithUser = false;
            return;
        }

        _tokens += Tokenizer.PerMessage + Tokenizer.Count(message.Text) + message.Extra;
        call.EndsWithUser = message.Role is "user";
        if (call.EndsWithUser)
        {
            call.Prompt = Encoding.UTF8.GetString(_transcript.Bytes.Slice(message.Start, message.Text));
        }

        _transcript.EndMessage(message.Role, message.Start, message.Text);
    }

    private sealed class Message(string role, int start)
    {
        public string Role { get; } = role;

        public int Start { get; set; } = start;

        public int Text { get; set; }

        public int Extra { get; set; }
    }
}
