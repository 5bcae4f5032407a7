using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Answers.Tools;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>Reads the <c>tools</c> of a messages request.</summary>
internal static class AnthropicToolReader
{
    private const int LongestName = 128;

    public static WireError? Read(SimulatedCall call, JsonElement root, PromptWriter writer)
    {
        List<SimulatedTool> tools = [];
        if (AnthropicFields.Value(root, "tools") is { ValueKind: JsonValueKind.Array } offered)
        {
            var index = 0;
            foreach (var tool in offered.EnumerateArray())
            {
                if (ReadTool(tool, index++, tools) is { } error)
                {
                    return error;
                }

                Count(tool, writer);
            }
        }

        call.Tools = tools;
        return call.ForcedTool is { } forced
            && !tools.Exists(t => string.Equals(t.Name, forced, StringComparison.Ordinal))
                ? AnthropicFields.Invalid($"Tool '{forced}' not found in provided tools")
            : tools.Count == 0 && AnthropicFields.Value(root, "tool_choice") is not null
                ? AnthropicFields.Invalid("tool_choice may only be specified while providing tools.")
            : null;
    }

    private static WireError? ReadTool(JsonElement tool, int index, List<SimulatedTool> tools)
    {
        // Tools that Anthropic runs itself carry a dated type and no schema.
        var own = AnthropicFields.Text(tool, "type") is null or "custom";
        var field = $"tools.{index}" + (own ? ".custom" : "");
        if (AnthropicFields.Text(tool, "name") is not { } name)
        {
            return AnthropicFields.Required(field + ".name");
        }

        if (!AnthropicFields.IsName(name, LongestName))
        {
            return AnthropicFields.Invalid(
                field + ".name: String should match pattern '^[a-zA-Z0-9_-]{1," + LongestName + "}$'"
            );
        }

        if (!own)
        {
            return null;
        }

        if (AnthropicFields.Value(tool, "input_schema") is not { } schema)
        {
            return AnthropicFields.Required(field + ".input_schema");
        }

        if (AnthropicFields.Text(schema, "type") is not { } type)
        {
            return AnthropicFields.Required(field + ".input_schema.type");
        }

        tools.Add(new SimulatedTool(name, schema));
        return string.Equals(type, "object", StringComparison.Ordinal)
            ? null
            : AnthropicFields.Invalid(field + ".input_schema.type: Input should be 'object'");
    }

    /// <summary>A tool counts by its JSON, the cache mark aside: a mark must not change the prefix it marks.</summary>
    private static void Count(JsonElement tool, PromptWriter writer)
    {
        const int Punctuation = 4;
        var bytes = 2;
        foreach (var property in tool.EnumerateObject())
        {
            if (property.NameEquals("cache_control"u8))
            {
                continue;
            }

            var value = JsonMarshal.GetRawUtf8Value(property.Value);
            bytes += Encoding.UTF8.GetByteCount(property.Name) + value.Length + Punctuation;
            writer.Tool(value, 0);
        }

        writer.Tool([], Tokenizer.Count(bytes));
        writer.EndBlock(AnthropicFields.IsMarked(tool));
    }
}
