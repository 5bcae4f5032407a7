using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Dialects.Text;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Reads a messages request into the canonical form.</summary>
internal sealed class ConversationReader : ConversationBodyReader
{
    /// <summary>The only one.</summary>
    public static readonly ConversationReader Instance = new();

    /// <inheritdoc/>
    protected override ChatConversation Read(ChatRequest request, JsonElement body, Draft draft)
    {
        var read = new ChatConversation
        {
            Messages = MessageReader.Read(body, draft),
            Tools = Tools(body.Member("tools"u8), draft),
            ToolDemand = Demand(body.Member("tool_choice"u8), draft),
            ParallelTools = body.Member("tool_choice"u8).Member("disable_parallel_tool_use"u8).Flag() is true
                ? false
                : null,
            Temperature = body.Member("temperature"u8).Number(),
            TopP = body.Member("top_p"u8).Number(),
            TopK = body.Member("top_k"u8).Whole(),
            Stop = [.. body.Member("stop_sequences"u8).Items().Select(item => item.String()).OfType<string>()],
            Format = Format(body, draft),
            Reasoning = Thinking(body),
            ReasoningOff = body.Member("thinking"u8).String("type"u8) is "disabled",
        };
        ReadOthers(body, draft);
        return read;
    }

    private static ImmutableArray<ConversationTool> Tools(JsonElement tools, Draft draft)
    {
        var read = ImmutableArray.CreateBuilder<ConversationTool>();
        foreach (var tool in tools.Items())
        {
            if (tool.String("type"u8) is not ("custom" or null) || tool.String("name"u8) is not { } name)
            {
                draft.Refuse($"tools[{read.Count}].type", "a tool that the provider runs");
                continue;
            }

            draft.DropOthers(tool, "type", "name", "description", "input_schema", "strict");
            var schema = tool.Member("input_schema"u8);
            read.Add(
                new ConversationTool(name, tool.String("description"u8), schema.IsObject() ? schema.GetRawText() : null)
                {
                    Strict = tool.Member("strict"u8).Flag(),
                }
            );
        }

        return read.ToImmutable();
    }

    private static ToolDemand? Demand(JsonElement choice, Draft draft)
    {
        draft.DropOthers(choice, "type", "name", "disable_parallel_tool_use");
        switch (choice.String("type"u8))
        {
            case "auto":
                return new ToolDemand(ToolDemandKind.Auto);
            case "any":
                return new ToolDemand(ToolDemandKind.Required);
            case "none":
                return new ToolDemand(ToolDemandKind.None);
            case "tool" when choice.String("name"u8) is { } name:
                return new ToolDemand(ToolDemandKind.Named, name);
            case null when !choice.IsObject():
                return null;
            default:
                draft.Refuse("tool_choice.type", "a choice other than auto, any, none or one tool");
                return null;
        }
    }

    private static AnswerFormat? Format(JsonElement body, Draft draft)
    {
        var path = "output_config.format";
        var format = body.Member("output_config"u8).Member("format"u8);
        if (!format.IsObject())
        {
            (path, format) = ("output_format", body.Member("output_format"u8));
        }

        if (!format.IsObject())
        {
            return null;
        }

        if (format.String("type"u8) is not (null or "json_schema") and var type)
        {
            draft.Refuse(path + ".type", $"a format of the type {type}");
            return null;
        }

        var schema = format.Member("schema"u8);
        if (!schema.IsObject())
        {
            draft.Refuse(path + ".schema", "a json_schema without its schema");
            return null;
        }

        return new AnswerFormat(schema.GetRawText());
    }

    private static ReasoningDemand? Thinking(JsonElement body)
    {
        var effort = body.Member("output_config"u8).String("effort"u8);
        var thinking = body.Member("thinking"u8);
        return thinking.String("type"u8) switch
        {
            "enabled" => new ReasoningDemand(effort, thinking.Member("budget_tokens"u8).Whole()),
            "adaptive" => new ReasoningDemand(effort ?? "medium", null),
            "disabled" => null,
            _ => effort is null ? null : new ReasoningDemand(effort, null),
        };
    }

    private static void ReadOthers(JsonElement body, Draft draft)
    {
        foreach (var member in body.Members())
        {
            switch (member.Name)
            {
                case "mcp_servers" or "container" when member.Value.Asks():
                    draft.Refuse(member.Name, "run by the provider");
                    break;
                case "model" or "messages" or "system" or "max_tokens" or "stream" or "stop_sequences" or "tools":
                case "tool_choice" or "temperature" or "top_p" or "top_k" or "output_format":
                    break;
                case "thinking":
                    DropOfThinking(member.Value, draft);
                    break;
                case "metadata":
                    DropOthers(member, "user_id", draft);
                    break;
                case "output_config":
                    DropOthers(member, "effort", draft, "format");
                    break;
                default:
                    draft.Drop(member);
                    break;
            }
        }
    }

    // Whether it is displayed, the answer's writer asks.
    private static void DropOfThinking(JsonElement thinking, Draft draft)
    {
        foreach (var inner in thinking.Members())
        {
            if (inner.Name is not ("type" or "budget_tokens" or "display") && inner.Value.Asks())
            {
                draft.Drop($"thinking.{UpstreamText.Clean(inner.Name)}");
            }
        }
    }

    private static void DropOthers(JsonProperty member, string known, Draft draft, string alsoKnown = "")
    {
        foreach (var inner in member.Value.Members())
        {
            if (inner.Name != known && inner.Name != alsoKnown && inner.Value.Asks())
            {
                draft.Drop(member.Name);
            }
        }
    }
}
