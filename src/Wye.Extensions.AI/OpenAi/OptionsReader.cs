using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Wye.Extensions.AI.OpenAi;

/// <summary>Reads the members of a request body into chat options.</summary>
internal static class OptionsReader
{
    private static readonly JsonElement NoParameters = JsonDocument
        .Parse("""{"type":"object","properties":{}}""")
        .RootElement.Clone();

    private static readonly HashSet<string> Named = new(StringComparer.Ordinal)
    {
        "model",
        "messages",
        "stream",
        "stream_options",
        "temperature",
        "top_p",
        "frequency_penalty",
        "presence_penalty",
        "max_tokens",
        "max_completion_tokens",
        "seed",
        "stop",
        "reasoning_effort",
        "response_format",
        "tools",
        "tool_choice",
        "parallel_tool_calls",
    };

    /// <summary>Reads the body's members, messages aside.</summary>
    public static ChatOptions Read(JsonElement json)
    {
        var options = new ChatOptions
        {
            ModelId = json.Text("model"),
            Temperature = json.Real("temperature"),
            TopP = json.Real("top_p"),
            FrequencyPenalty = json.Real("frequency_penalty"),
            PresencePenalty = json.Real("presence_penalty"),
            MaxOutputTokens = (int?)(json.Whole("max_completion_tokens") ?? json.Whole("max_tokens")),
            Seed = json.Whole("seed"),
            StopSequences = Stops(json),
            Reasoning = Effort(json.Text("reasoning_effort")) is { } effort
                ? new ReasoningOptions { Effort = effort }
                : null,
            ResponseFormat = Format(json.Member("response_format") ?? default),
            Tools = Tools(json),
            ToolMode = Mode(json.Member("tool_choice") ?? default),
            AllowMultipleToolCalls = json.Flag("parallel_tool_calls"),
        };
        foreach (var member in json.EnumerateObject())
        {
            if (!Named.Contains(member.Name))
            {
                (options.AdditionalProperties ??= [])[member.Name] = member.Value.Clone();
            }
        }

        return options;
    }

    private static List<string>? Stops(JsonElement json) =>
        json.Text("stop") is { } one ? [one]
        : json.Items("stop").Select(stop => stop.GetString()!).ToList() is { Count: > 0 } many ? many
        : null;

    private static ReasoningEffort? Effort(string? name) =>
        name switch
        {
            "none" => ReasoningEffort.None,
            "minimal" or "low" => ReasoningEffort.Low,
            "medium" => ReasoningEffort.Medium,
            "high" => ReasoningEffort.High,
            "xhigh" => ReasoningEffort.ExtraHigh,
            _ => null,
        };

    private static ChatResponseFormat? Format(JsonElement json)
    {
        if (json.Text("type") is not ("json_object" or "json_schema"))
        {
            return null;
        }

        var asked = json.Member("json_schema") ?? default;
        return asked.Member("schema") is { } schema
            ? ChatResponseFormat.ForJsonSchema(schema.Clone(), asked.Text("name"), asked.Text("description"))
            : ChatResponseFormat.Json;
    }

    private static List<AITool>? Tools(JsonElement json)
    {
        List<AITool> tools = [];
        foreach (var tool in json.Items("tools"))
        {
            if (tool.Member("function") is { } function && function.Text("name") is { } name)
            {
                var schema = function.Member("parameters") ?? NoParameters;
                tools.Add(
                    AIFunctionFactory.CreateDeclaration(
                        name,
                        function.Text("description"),
                        schema.Clone(),
                        returnJsonSchema: null
                    )
                );
            }
        }

        return tools.Count > 0 ? tools : null;
    }

    private static ChatToolMode? Mode(JsonElement json) =>
        json.ValueKind == JsonValueKind.String
            ? json.GetString() switch
            {
                "none" => ChatToolMode.None,
                "auto" => ChatToolMode.Auto,
                "required" => ChatToolMode.RequireAny,
                _ => null,
            }
        : json.Member("function") is { } function && function.Text("name") is { } name
            ? ChatToolMode.RequireSpecific(name)
        : null;
}
