using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Reads a chat completion request into the canonical form.</summary>
internal sealed class ConversationReader : ConversationBodyReader
{
    /// <summary>The only one.</summary>
    public static readonly ConversationReader Instance = new();

    /// <inheritdoc/>
    protected override ChatConversation Read(ChatRequest request, JsonElement body, Draft draft)
    {
        var read = new ChatConversation { Messages = [] };
        foreach (var member in body.Members())
        {
            var value = member.Value;
            read = member.Name switch
            {
                "messages" => read with { Messages = MessageReader.Read(value, draft) },
                "tools" => read with { Tools = Tools(value, draft) },
                "tool_choice" => read with { ToolDemand = Demand(value, draft) },
                "parallel_tool_calls" => read with { ParallelTools = value.Flag() },
                "temperature" => read with { Temperature = value.Number() },
                "top_p" => read with { TopP = value.Number() },
                "top_k" => read with { TopK = value.Whole() },
                "stop" => read with { Stop = Stops(value) },
                "response_format" => read with
                {
                    Format = FormatReader.Read(value, "response_format", nested: true, draft),
                },
                "reasoning_effort" => WithEffort(read, value.String()),
                "reasoning" => WithEffort(read, value.String("effort"u8)),
                "n" => Single(read, value, draft),
                "audio" or "functions" or "function_call" or "logprobs" => Without(read, member, value.Asks(), draft),
                // Without any option it still asks for a search.
                "web_search_options" => Without(read, member, value.IsObject() || value.Asks(), draft),
                "stream_options" => StreamOptions(read, value, draft),
                "modalities" => TextOnly(read, value, draft),
                "model" or "stream" or "max_tokens" or "max_completion_tokens" or "user" => read,
                _ => Dropping(read, member, draft),
            };
        }

        return read;
    }

    private static ImmutableArray<ConversationTool> Tools(JsonElement tools, Draft draft)
    {
        var read = ImmutableArray.CreateBuilder<ConversationTool>();
        foreach (var tool in tools.Items())
        {
            var function = tool.Member("function"u8);
            if (tool.String("type"u8) is not ("function" or null) || function.String("name"u8) is not { } name)
            {
                draft.Refuse($"tools[{read.Count}]", "a tool that is no function");
                continue;
            }

            draft.DropOthers(tool, "type", "function");
            draft.DropOthers(function, "name", "description", "parameters", "strict");
            var schema = function.Member("parameters"u8);
            read.Add(
                new ConversationTool(
                    name,
                    function.String("description"u8),
                    schema.IsObject() ? schema.GetRawText() : null
                )
                {
                    Strict = function.Member("strict"u8).Flag(),
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
            case "required" or "any":
                return new ToolDemand(ToolDemandKind.Required);
            case "function" when choice.Member("function"u8).String("name"u8) is { } name:
                return new ToolDemand(ToolDemandKind.Named, name);
            case null:
                return null;
            default:
                draft.Refuse("tool_choice", "a choice other than auto, none, required or one function");
                return null;
        }
    }

    private static ImmutableArray<string> Stops(JsonElement stop) =>
        stop.String() is { } one ? [one] : [.. stop.Items().Select(item => item.String()).OfType<string>()];

    private static ChatConversation WithEffort(ChatConversation read, string? effort) =>
        effort switch
        {
            null => read,
            "none" => read with { ReasoningOff = true },
            _ => read with { Reasoning = new ReasoningDemand(effort, null) },
        };

    private static ChatConversation Single(ChatConversation read, JsonElement choices, Draft draft)
    {
        if (choices.Whole() > 1)
        {
            draft.Refuse("n", "more than one choice");
        }

        return read;
    }

    private static ChatConversation TextOnly(ChatConversation read, JsonElement modalities, Draft draft)
    {
        if (modalities.Items().Any(item => item.String() is not "text"))
        {
            draft.Refuse("modalities", "an answer other than text");
        }

        return read;
    }

    private static ChatConversation Without(ChatConversation read, JsonProperty member, bool asks, Draft draft)
    {
        if (asks)
        {
            draft.Refuse(member.Name, "not known there");
        }

        return read;
    }

    private static ChatConversation StreamOptions(ChatConversation read, JsonElement options, Draft draft)
    {
        draft.DropOthers(options, "include_usage");
        return read;
    }

    private static ChatConversation Dropping(ChatConversation read, JsonProperty member, Draft draft)
    {
        draft.Drop(member);
        return read;
    }
}
