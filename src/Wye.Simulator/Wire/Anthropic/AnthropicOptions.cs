using System.Text.Json;
using Wye.Simulator.Answers;
using Wye.Simulator.Answers.Tools;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>Reads what is neither prompt nor limit: stream, temperature, stops, thinking, tool choice, answer format.</summary>
internal static class AnthropicOptions
{
    private const int LeastBudget = 1_024;

    public static WireError? Read(SimulatedCall call, JsonElement root)
    {
        call.Stream = AnthropicFields.IsTrue(root, "stream");
        ReadFormat(call, root);
        return ReadStops(call, root)
            ?? ReadThinking(call, root)
            ?? ReadTemperature(call, root)
            ?? ReadChoice(call, root);
    }

    private static WireError? ReadStops(SimulatedCall call, JsonElement root)
    {
        if (AnthropicFields.Value(root, "stop_sequences") is not { } stops)
        {
            return null;
        }

        if (stops.ValueKind != JsonValueKind.Array)
        {
            return AnthropicFields.Invalid("stop_sequences: Input should be a valid list");
        }

        foreach (var stop in stops.EnumerateArray())
        {
            if (stop.GetString() is not { } text || string.IsNullOrWhiteSpace(text))
            {
                return AnthropicFields.Invalid("stop_sequences: each stop sequence must contain non-whitespace");
            }

            call.StopTexts.Add(text);
        }

        return null;
    }

    private static WireError? ReadThinking(SimulatedCall call, JsonElement root)
    {
        if (AnthropicFields.Value(root, "thinking") is not { } thinking)
        {
            return null;
        }

        switch (AnthropicFields.Text(thinking, "type"))
        {
            case "disabled":
                return null;
            case "adaptive":
                call.ThinkingBudget = LeastBudget;
                return null;
            case "enabled":
                break;
            default:
                return AnthropicFields.Invalid("thinking.type: Input should be 'enabled', 'disabled' or 'adaptive'");
        }

        if (
            AnthropicFields.Value(thinking, "budget_tokens") is not { ValueKind: JsonValueKind.Number } budget
            || !budget.TryGetInt32(out var tokens)
        )
        {
            return AnthropicFields.Required("thinking.enabled.budget_tokens");
        }

        call.ThinkingBudget = tokens;
        return tokens < LeastBudget
                ? AnthropicFields.Invalid(
                    $"thinking.enabled.budget_tokens: Input should be greater than or equal to {LeastBudget}"
                )
            : tokens >= call.MaxTokens
                ? AnthropicFields.Invalid("`max_tokens` must be greater than `thinking.budget_tokens`.")
            : null;
    }

    private static WireError? ReadTemperature(SimulatedCall call, JsonElement root)
    {
        if (AnthropicFields.Value(root, "temperature") is not { } temperature)
        {
            return null;
        }

        var value = temperature.GetDouble();
        call.Temperature = value;
        return value is not (>= 0 and <= 1) ? AnthropicFields.Invalid("temperature: range: 0..1")
            : call.ThinkingBudget > 0 && value < 1
                ? AnthropicFields.Invalid("`temperature` may only be set to 1 when thinking is enabled.")
            : null;
    }

    private static WireError? ReadChoice(SimulatedCall call, JsonElement root)
    {
        if (AnthropicFields.Value(root, "tool_choice") is not { } choice)
        {
            return null;
        }

        call.ParallelTools = !AnthropicFields.IsTrue(choice, "disable_parallel_tool_use");
        switch (AnthropicFields.Text(choice, "type"))
        {
            case "auto":
                break;
            case "none":
                call.ToolWish = ToolWish.Never;
                break;
            case "any":
                call.ToolWish = ToolWish.Required;
                break;
            case "tool":
                call.ForcedTool = AnthropicFields.Text(choice, "name");
                if (call.ForcedTool is null)
                {
                    return AnthropicFields.Required("tool_choice.tool.name");
                }

                break;
            default:
                return AnthropicFields.Invalid("tool_choice.type: Input should be 'auto', 'any', 'tool' or 'none'");
        }

        return call.ThinkingBudget > 0 && (call.ToolWish == ToolWish.Required || call.ForcedTool is not null)
            ? AnthropicFields.Invalid("Thinking may not be enabled when tool_choice forces tool use.")
            : null;
    }

    /// <summary><c>output_config.format</c>, or its older name <c>output_format</c>.</summary>
    private static void ReadFormat(SimulatedCall call, JsonElement root)
    {
        var format = AnthropicFields.Value(root, "output_config") is { } config
            ? AnthropicFields.Value(config, "format")
            : AnthropicFields.Value(root, "output_format");
        if (format is { } asked)
        {
            call.AnswerSchema = AnthropicFields.Value(asked, "schema");
        }
    }
}
