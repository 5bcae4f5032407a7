using System.Runtime.InteropServices;
using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Answers.Tools;

namespace Wye.Simulator.Wire.Gemini;

/// <summary>Reads tools and settings of a generateContent call.</summary>
internal static class GeminiOptions
{
    private const int MostStops = 5;

    public static WireError? Read(SimulatedCall call, JsonElement root, ref int tokens) =>
        ReadTools(call, root, ref tokens) ?? ReadDemand(call, root) ?? ReadConfig(call, root, ref tokens);

    private static WireError Invalid(string message) => new(400, message);

    private static WireError? ReadTools(SimulatedCall call, JsonElement root, ref int tokens)
    {
        if (!root.TryGetProperty("tools", out var tools) || tools.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        List<SimulatedTool> list = [];
        foreach (var tool in tools.EnumerateArray())
        {
            if (!tool.TryGetProperty("functionDeclarations", out var functions))
            {
                continue;
            }

            foreach (var function in functions.EnumerateArray())
            {
                if (!function.TryGetProperty("name", out var name) || name.GetString() is not { Length: > 0 } called)
                {
                    return Invalid(
                        "* GenerateContentRequest.tools[0].function_declarations[0].name: Invalid function name.\n"
                    );
                }

                var has = function.TryGetProperty("parametersJsonSchema", out var schema);
                if (function.TryGetProperty("parameters", out var older))
                {
                    if (has)
                    {
                        return Invalid("Only one of parameters and parametersJsonSchema may be set.");
                    }

                    (has, schema) = (true, older);
                }

                list.Add(new SimulatedTool(called, has ? schema : null));
            }
        }

        tokens += Tokenizer.Count(JsonMarshal.GetRawUtf8Value(tools).Length);
        call.Tools = list;
        return null;
    }

    private static WireError? ReadDemand(SimulatedCall call, JsonElement root)
    {
        if (
            !root.TryGetProperty("toolConfig", out var config)
            || !config.TryGetProperty("functionCallingConfig", out var demand)
        )
        {
            return null;
        }

        var mode = demand.TryGetProperty("mode", out var said) ? said.GetString() : "AUTO";
        call.ToolWish = mode switch
        {
            "NONE" => ToolWish.Never,
            "ANY" => ToolWish.Required,
            _ => ToolWish.Auto,
        };
        if (!demand.TryGetProperty("allowedFunctionNames", out var allowed) || allowed.GetArrayLength() == 0)
        {
            return null;
        }

        if (mode is not "ANY")
        {
            return Invalid("allowed_function_names may only be set with the mode ANY.");
        }

        call.ForcedTool = allowed[0].GetString();
        return call.Tools.Any(tool => tool.Name == call.ForcedTool)
            ? null
            : Invalid("allowed_function_names holds a function that is not declared.");
    }

    private static WireError? ReadConfig(SimulatedCall call, JsonElement root, ref int tokens)
    {
        if (!root.TryGetProperty("generationConfig", out var config) || config.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var json = false;
        foreach (var member in config.EnumerateObject())
        {
            var value = member.Value;
            switch (member.Name)
            {
                case "maxOutputTokens":
                    call.MaxTokens = value.GetInt32();
                    if (call.MaxTokens < 1)
                    {
                        return Invalid("maxOutputTokens must be positive.");
                    }

                    break;
                case "temperature":
                    call.Temperature = value.GetDouble();
                    break;
                case "stopSequences":
                    if (value.GetArrayLength() > MostStops)
                    {
                        return Invalid($"At most {MostStops} stop sequences may be given.");
                    }

                    call.StopTexts.AddRange(value.EnumerateArray().Select(item => item.GetString()!));
                    break;
                case "responseMimeType":
                    json = value.GetString() is "application/json";
                    break;
                case "responseSchema" or "responseJsonSchema":
                    call.AnswerSchema = value;
                    tokens += Tokenizer.Count(JsonMarshal.GetRawUtf8Value(value).Length);
                    break;
                case "thinkingConfig":
                    if (ReadThinking(call, value) is { } error)
                    {
                        return error;
                    }

                    break;
                case "topP" or "topK" or "candidateCount" or "seed" or "presencePenalty" or "frequencyPenalty":
                    break;
                default:
                    return Invalid(
                        $"Invalid JSON payload received. Unknown name \"{member.Name}\" at 'generation_config': Cannot find field."
                    );
            }
        }

        if (call.AnswerSchema is not null && !json)
        {
            return Invalid("A response schema needs the response MIME type application/json.");
        }

        call.JsonObject = json && call.AnswerSchema is null;
        return null;
    }

    private static WireError? ReadThinking(SimulatedCall call, JsonElement thinking)
    {
        var hasBudget = thinking.TryGetProperty("thinkingBudget", out var budget);
        if (hasBudget && thinking.TryGetProperty("thinkingLevel", out _))
        {
            return Invalid("Only one of thinking_budget and thinking_level may be set.");
        }

        var shown =
            thinking.TryGetProperty("includeThoughts", out var include) && include.ValueKind == JsonValueKind.True;
        call.ThinkingBudget = shown ? Math.Max(1, hasBudget ? budget.GetInt32() : 1) : 0;
        return null;
    }
}
