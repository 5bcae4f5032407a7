using System.Text.Json;
using Wye.Simulator.Answers;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>Reads the body of <c>POST /v1/messages</c>; as strict as Anthropic about what a translation may get wrong.</summary>
internal sealed class AnthropicRequestReader(
    SimulatedCall call,
    PromptMarks marks,
    AnthropicVersion version,
    bool counting
)
{
    private const int MaxMarks = 4;

    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "cache_control",
        "container",
        "context_management",
        "diagnostics",
        "inference_geo",
        "max_tokens",
        "mcp_servers",
        "messages",
        "metadata",
        "model",
        "output_config",
        "output_format",
        "service_tier",
        "speed",
        "stop_sequences",
        "stream",
        "system",
        "temperature",
        "thinking",
        "tool_choice",
        "tools",
        "top_k",
        "top_p",
        "user_profile_id",
    };

    public WireError? Read(ReadOnlySpan<byte> body)
    {
        var root = JsonElement.Parse(body);
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("A request is a JSON object.");
        }

        foreach (var property in root.EnumerateObject())
        {
            if (!s_known.Contains(property.Name) || (version == AnthropicVersion.Of2026 && IsSampling(property.Name)))
            {
                return AnthropicFields.Invalid($"{property.Name}: Extra inputs are not permitted");
            }
        }

        return ReadLimits(root) ?? AnthropicOptions.Read(call, root) ?? ReadPrompt(root);
    }

    /// <summary>Parameters removed with 2026-10-21, whatever their value.</summary>
    private static bool IsSampling(string name) => name is "temperature" or "top_k" or "top_p";

    private WireError? ReadLimits(JsonElement root)
    {
        if (AnthropicFields.Text(root, "model") is not { } model)
        {
            return AnthropicFields.Required("model");
        }

        call.ModelName = model;
        if (counting)
        {
            return null;
        }

        if (AnthropicFields.Value(root, "max_tokens") is not { } limit)
        {
            return AnthropicFields.Required("max_tokens");
        }

        if (limit.ValueKind != JsonValueKind.Number || !limit.TryGetInt32(out var tokens))
        {
            return AnthropicFields.Invalid("max_tokens: Input should be a valid integer");
        }

        call.MaxTokens = tokens;
        return tokens >= 1 ? null : AnthropicFields.Invalid("max_tokens: Input should be greater than or equal to 1");
    }

    private WireError? ReadPrompt(JsonElement root)
    {
        var writer = new PromptWriter(call, marks);
        var error =
            AnthropicToolReader.Read(call, root, writer)
            ?? ReadSystem(root, writer)
            ?? new AnthropicMessageReader(writer, version, call.ThinkingBudget > 0).Read(root);
        if (error is not null)
        {
            return error;
        }

        call.PromptTokens = writer.Tokens + Tokenizer.PerRequest;
        if (AnthropicFields.IsMarked(root))
        {
            marks.MarkLast();
        }

        return marks.Marked > MaxMarks
            ? AnthropicFields.Invalid(
                $"A maximum of {MaxMarks} blocks with cache_control may be provided. Found {marks.Marked}."
            )
            : null;
    }

    private static WireError? ReadSystem(JsonElement root, PromptWriter writer)
    {
        if (AnthropicFields.Value(root, "system") is not { } system)
        {
            return null;
        }

        if (system.ValueKind == JsonValueKind.String)
        {
            writer.Begin("system");
            writer.Text(system);
            writer.EndBlock(marked: false);
            writer.End();
            return null;
        }

        if (system.ValueKind != JsonValueKind.Array)
        {
            return AnthropicFields.Invalid("system: Input should be a valid string or list");
        }

        var index = 0;
        foreach (var block in system.EnumerateArray())
        {
            if (AnthropicFields.Value(block, "text") is not { ValueKind: JsonValueKind.String } text)
            {
                return AnthropicFields.Required($"system.{index}.text");
            }

            writer.Begin("system");
            writer.Text(text);
            writer.EndBlock(AnthropicFields.IsMarked(block));
            index++;
        }

        writer.End();
        return null;
    }
}
