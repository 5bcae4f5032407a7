using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Dialects.OpenAi.Translation;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Responses.Translation;

/// <summary>Reads a responses request into the canonical form.</summary>
internal sealed class ConversationReader : ConversationBodyReader
{
    /// <summary>The only one.</summary>
    public static readonly ConversationReader Instance = new();

    /// <inheritdoc/>
    protected override ChatConversation Read(ChatRequest request, JsonElement body, Draft draft)
    {
        var read = new ChatConversation
        {
            Messages = ItemReader.Read(body.String("instructions"u8), body.Member("input"u8), request.KeptItems, draft),
        };
        foreach (var member in body.Members())
        {
            var value = member.Value;
            switch (member.Name)
            {
                case "tools":
                    read = read with { Tools = Tools(value, draft) };
                    break;
                case "tool_choice":
                    read = read with { ToolDemand = Demand(value, draft) };
                    break;
                case "parallel_tool_calls":
                    read = read with { ParallelTools = value.Flag() };
                    break;
                case "temperature":
                    read = read with { Temperature = value.Number() };
                    break;
                case "top_p":
                    read = read with { TopP = value.Number() };
                    break;
                case "text":
                    read = read with { Format = Format(value, draft) };
                    break;
                case "reasoning":
                    read = read with
                    {
                        Reasoning = Effort(value, draft),
                        ReasoningOff = value.String("effort"u8) is "none",
                    };
                    break;
                case "top_logprobs" when value.Asks():
                    draft.Refuse("top_logprobs", "not known there");
                    break;
                case "truncation" when value.String() is "disabled":
                // What the answer itself carries, or the gateway keeps.
                case "model" or "input" or "instructions" or "stream" or "max_output_tokens" or "user" or "store":
                case "previous_response_id" or "metadata" or "background" or "conversation" or "prompt":
                    break;
                default:
                    draft.Drop(member);
                    break;
            }
        }

        return read;
    }

    private static ImmutableArray<ConversationTool> Tools(JsonElement tools, Draft draft)
    {
        var read = ImmutableArray.CreateBuilder<ConversationTool>();
        foreach (var tool in tools.Items())
        {
            if (tool.String("type"u8) is not "function" || tool.String("name"u8) is not { } name)
            {
                draft.Refuse($"tools[{read.Count}]", "a tool that is no function");
                continue;
            }

            draft.DropOthers(tool, "type", "name", "description", "parameters", "strict");
            var schema = tool.Member("parameters"u8);
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
        switch (choice.String() ?? choice.String("type"u8))
        {
            case "auto":
                return new ToolDemand(ToolDemandKind.Auto);
            case "none":
                return new ToolDemand(ToolDemandKind.None);
            case "required":
                return new ToolDemand(ToolDemandKind.Required);
            case "function" when choice.String("name"u8) is { } name:
                return new ToolDemand(ToolDemandKind.Named, name);
            case null:
                return null;
            default:
                draft.Refuse("tool_choice", "a choice other than auto, none, required or one function");
                return null;
        }
    }

    private static AnswerFormat? Format(JsonElement text, Draft draft)
    {
        var format = text.Member("format"u8);
        if (text.Member("verbosity"u8).Asks())
        {
            draft.Drop("text.verbosity");
        }

        return FormatReader.Read(format, "text.format", nested: false, draft);
    }

    private static ReasoningDemand? Effort(JsonElement reasoning, Draft draft)
    {
        // A wish for a summary is met by what the model shows of its reasoning, if it shows any.
        foreach (var member in reasoning.Members())
        {
            if (member.Name is not ("effort" or "summary" or "generate_summary"))
            {
                draft.Drop($"reasoning.{Text.UpstreamText.Clean(member.Name)}");
            }
        }

        return reasoning.String("effort"u8) is { } effort and not "none" ? new ReasoningDemand(effort, null) : null;
    }
}
