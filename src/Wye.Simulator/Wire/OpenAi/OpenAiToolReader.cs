using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Answers.Tools;

namespace Wye.Simulator.Wire.OpenAi;

/// <summary>Reads <c>tools</c>, <c>tool_choice</c> and <c>response_format</c> of an OpenAI chat request.</summary>
internal static class OpenAiToolReader
{
    /// <summary>Returns the length of the JSON, for counting.</summary>
    public static int ReadTools(SimulatedCall call, ref Utf8JsonReader json)
    {
        var from = json.TokenStartIndex;
        var tools = JsonElement.ParseValue(ref json);
        if (tools.ValueKind == JsonValueKind.Array)
        {
            List<SimulatedTool> list = [];
            foreach (var tool in tools.EnumerateArray())
            {
                if (
                    tool.ValueKind == JsonValueKind.Object
                    && tool.TryGetProperty("function", out var function)
                    && function.TryGetProperty("name", out var name)
                )
                {
                    var hasSchema = function.TryGetProperty("parameters", out var schema);
                    list.Add(new SimulatedTool(name.GetString() ?? "", hasSchema ? schema : null));
                }
            }

            call.Tools = list;
        }

        return (int)(json.BytesConsumed - from);
    }

    public static void ReadChoice(SimulatedCall call, ref Utf8JsonReader json)
    {
        var choice = JsonElement.ParseValue(ref json);
        if (choice.ValueKind == JsonValueKind.String)
        {
            call.ToolWish = choice.GetString() switch
            {
                "none" => ToolWish.Never,
                "required" => ToolWish.Required,
                _ => ToolWish.Auto,
            };
        }
        else if (
            choice.ValueKind == JsonValueKind.Object
            && choice.TryGetProperty("function", out var function)
            && function.TryGetProperty("name", out var name)
        )
        {
            call.ForcedTool = name.GetString();
        }
    }

    /// <summary>Returns the length of the JSON, for counting; 0 when there is no schema.</summary>
    public static int ReadFormat(SimulatedCall call, ref Utf8JsonReader json)
    {
        var from = json.TokenStartIndex;
        var format = JsonElement.ParseValue(ref json);
        if (format.ValueKind != JsonValueKind.Object || !format.TryGetProperty("type", out var type))
        {
            return 0;
        }

        call.JsonObject = string.Equals(type.GetString(), "json_object", StringComparison.Ordinal);
        if (
            format.TryGetProperty("json_schema", out var wrapper)
            && wrapper.ValueKind == JsonValueKind.Object
            && wrapper.TryGetProperty("schema", out var schema)
        )
        {
            call.AnswerSchema = schema;
            return (int)(json.BytesConsumed - from);
        }

        return 0;
    }
}
